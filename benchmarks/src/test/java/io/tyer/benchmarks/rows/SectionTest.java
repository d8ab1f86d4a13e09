package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Mutex;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionTest {

  /** For a thread to draw tokens however busy the machine is. */
  private static final Effort LONG_ENOUGH = new Effort(200, 1_000, 1, 1, 1, 1);

  @TempDir private Path directory;
  private Board board;

  @BeforeEach
  void map() throws Exception {
    board = Board.at(directory.resolve("board"));
  }

  private static Mutex.Held held(long token) {
    return new Mutex.Held() {
      @Override
      public void release() {}

      @Override
      public long token() {
        return token;
      }
    };
  }

  private void visit(Section section, long token) {
    for (int i = 0; i < Section.TOKEN_EVERY; i++) {
      section.visit(held(token));
    }
  }

  @Test
  void oneAfterTheOtherIsFine() {
    visit(new Section(board, 1), 5);
    visit(new Section(board, 2), 6);
    assertThat(board.get(Word.VIOLATIONS)).isZero();
  }

  @Test
  void aSecondOneInsideIsSeen() {
    board.set(Word.INSIDE, 7);
    new Section(board, 1).visit(held(1));
    assertThat(board.get(Word.VIOLATIONS)).isPositive();
  }

  @Test
  void aTokenThatIsNotLargerIsSeen() {
    visit(new Section(board, 1), 5);
    visit(new Section(board, 2), 5);
    assertThat(board.get(Word.VIOLATIONS)).isEqualTo(1);
  }

  @Test
  void whatHasNoTokensIsNotAccused() {
    visit(new Section(board, 1), 0);
    visit(new Section(board, 2), 0);
    assertThat(board.get(Word.VIOLATIONS)).isZero();
  }

  @Test
  void allWhoMapTheFileSeeTheSame() throws Exception {
    board.set(Word.INSIDE, 7);
    assertThat(Board.at(directory.resolve("board")).get(Word.INSIDE)).isEqualTo(7);
  }

  private double violations(String address) throws Exception {
    Map<String, Double> figures =
        Players.play(
            Rows.named("contended").orElseThrow(),
            Address.parse(address),
            board,
            LONG_ENOUGH,
            List.of(0, 1),
            2);
    assertThat(figures.get("pairs_per_s")).isPositive();
    return figures.getOrDefault(ContendedRow.VIOLATIONS, -1.0);
  }

  @Test
  void aLockThatExcludesNobodyIsCaught() throws Exception {
    assertThat(violations("broken:x")).isPositive();
  }

  @Test
  void aLockWhoseTokensFallIsCaught() throws Exception {
    assertThat(violations("backward:x")).isPositive();
  }

  @Test
  void aSoundLockIsNotAccused() throws Exception {
    assertThat(violations("memory:sound")).isZero();
    assertThat(board.get(Word.TOKEN)).isPositive();
  }
}
