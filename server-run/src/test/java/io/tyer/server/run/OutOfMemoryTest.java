package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose memory is used up ends, whichever of its threads finds out. */
@Timeout(120)
class OutOfMemoryTest {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  /** A program one thread of which dies, while others live on. */
  public static void main(String[] args) throws InterruptedException {
    OutOfMemory.endsTheProgram();
    Thread dying =
        new Thread(
            () -> {
              if (args[0].equals("memory")) {
                throw new OutOfMemoryError("of threads, or outside of the heap");
              }
              throw new IllegalStateException(args[0]);
            });
    dying.start();
    dying.join();
    if (args[0].equals("memory")) {
      new CountDownLatch(1).await();
    }
  }

  private static Process start(String argument) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OutOfMemoryTest.class.getName(),
            argument)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aThreadThatFindsNoMemoryEndsTheProgram() throws Exception {
    Process program = start("memory");
    try {
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isEqualTo(Exit.INTERNAL.code());
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void whatElseAThreadDiesOfDoesNot() throws Exception {
    Process program = start("something else");
    try {
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server-run/server", "deploy/Dockerfile", "deploy/tyer-server.service"})
  void whateverStartsTheServerHasJavaEndIt(String file) throws Exception {
    assertThat(Files.readString(REPOSITORY.resolve(file))).contains("-XX:+" + OutOfMemory.OPTION);
  }
}
