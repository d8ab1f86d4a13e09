package io.tyer.benchmarks.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Acquires that are under way, without a store. */
@Timeout(180)
class FlightTest {

  private static final int WARM_UP = 1;
  private static final int MEASURE = 2;
  private static final int STOP = 3;

  @TempDir private Path directory;
  private Board board;
  private final Acquiring client = new Acquiring();
  private int released;

  @BeforeEach
  void map() throws IOException {
    board = Board.at(directory.resolve("board"));
    board.set(Word.PHASE, WARM_UP);
  }

  /** Grants when it is told to. */
  private final class Acquiring implements Client {

    private final Queue<CompletableFuture<Mutex.Held>> underWay = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();

    @Override
    public Mutex mutex(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Mutex.Held> begin(String name) {
      names.add(name);
      CompletableFuture<Mutex.Held> acquiring = new CompletableFuture<>();
      underWay.add(acquiring);
      return acquiring;
    }

    void grantOne() {
      underWay
          .remove()
          .complete(
              new Mutex.Held() {
                @Override
                public void release() {
                  throw new AssertionError("nobody waits for a release");
                }

                @Override
                public void releaseLater() {
                  released++;
                }
              });
    }

    @Override
    public void close() {}
  }

  @Test
  void asManyAreUnderWayAtAnyTimeAndThoseMeasuredCount() {
    Flight flight = new Flight(client, board, 4);
    flight.start();
    assertThat(client.underWay).hasSize(4);
    assertThat(client.names).hasSize(4);
    client.grantOne();
    assertThat(client.underWay).hasSize(4);
    assertThat(flight.counted()).as("while warming up").isZero();
    board.set(Word.PHASE, MEASURE);
    for (int i = 0; i < 20; i++) {
      client.grantOne();
      assertThat(client.underWay).hasSize(4);
    }
    assertThat(flight.counted()).isEqualTo(20);
    assertThat(released).isEqualTo(21);
    assertThat(client.names).as("nobody waits for its own release").hasSize(8);
    board.set(Word.PHASE, STOP);
    for (int i = 0; i < 4; i++) {
      client.grantOne();
    }
    flight.land();
    assertThat(client.underWay).isEmpty();
    assertThat(flight.counted()).as("afterwards").isEqualTo(20);
    assertThat(released).as("all are given back").isEqualTo(25);
  }

  @Test
  void whatFailsIsTold() {
    Flight flight = new Flight(client, board, 2);
    flight.start();
    client.underWay.remove().completeExceptionally(new IOException("refused"));
    assertThatThrownBy(flight::check).hasRootCauseMessage("refused");
    client.grantOne();
    assertThat(client.underWay).as("nothing begins any more").isEmpty();
    assertThatThrownBy(flight::land).hasRootCauseMessage("refused");
  }
}
