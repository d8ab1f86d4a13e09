package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails now and then. */
@Requires(Needs.STRACE)
class FaultTest {

  @TempDir Path directory;
  @TempDir Path other;

  @Test
  void failingSystemCallsLoseNothing() throws Exception {
    Path file = other.resolve("tally");
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<String> faults =
          List.of(
              "strace",
              "-f",
              "-o",
              other.resolve("trace" + i).toString(),
              "-e",
              "trace=link,unlink,rename",
              "-e",
              "inject=link:error=EIO:when=20+7",
              "-e",
              "inject=unlink:error=EIO:when=21+5",
              "-e",
              "inject=rename:error=EIO:when=22+3");
      children.add(
          new ChildJvm(
              faults,
              System.getProperty("java.class.path"),
              TallyWriters.class,
              directory,
              file,
              2 * i,
              2,
              3,
              200,
              1,
              "faults"));
    }
    Tally.runToTheEnd(children);
    Tally tally = new Tally(file);
    try (FileMedium medium = Stores.open(directory)) {
      tally.check(medium, IntStream.range(0, 3).mapToObj(Stores::line).toList());
    }
    assertThat(tally.acknowledged()).isPositive();
    System.out.printf(
        "faults: %d replacements acknowledged, %d of unknown outcome%n",
        tally.acknowledged(), tally.unknowns());
  }
}
