package io.tyer.fence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Another JVM that works on the same file. */
final class OtherProcess implements AutoCloseable {

  private final Process process;

  private OtherProcess(Process process) {
    this.process = process;
  }

  /** Returns when it has the lock. */
  static OtherProcess locking(Path file) throws IOException {
    OtherProcess other = start("lock", file);
    if (other.process.getInputStream().read() != 'L') {
      other.close();
      throw new IOException("the other process has not locked " + file);
    }
    return other;
  }

  /** Whether another process could lock the file right now. */
  static boolean couldLock(Path file) throws IOException {
    try (OtherProcess other = start("lock", file)) {
      return other.process.getInputStream().read() == 'L';
    }
  }

  /** Replaces the file under tokens 1, 3, 5, up to 99. */
  static OtherProcess replacing(Path file) throws IOException {
    return start("replace", file);
  }

  private static OtherProcess start(String what, Path file) throws IOException {
    return new OtherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                what,
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path file = Path.of(args[1]);
    if (args[0].equals("lock")) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        System.out.write(channel.tryLock() == null ? 'B' : 'L');
        System.out.flush();
        TimeUnit.MINUTES.sleep(2);
      }
    } else {
      FencedFile fenced = new FencedFile(file);
      for (int token = 1; token < 100; token += 2) {
        replace(fenced, token);
      }
    }
  }

  /** Answers whether the token was not stale. */
  static boolean replace(FencedFile file, long token) throws IOException, InterruptedException {
    try {
      file.replace(token, Long.toString(token).getBytes(UTF_8));
      return true;
    } catch (StaleTokenException e) {
      return false;
    }
  }

  /** Waits until it has ended by itself. */
  int exit() {
    return process.onExit().join().exitValue();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
