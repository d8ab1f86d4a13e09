package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How many more files a file system can hold, which Java cannot tell and {@code df} can. */
final class FreeInodes {

  private static final int FREE = 3;

  private FreeInodes() {}

  /** Empty where it is not known, or where files are not counted. */
  static OptionalLong of(Path directory) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("df", "-Pi", "--", directory.toString())
              .redirectInput(new File("/dev/null"))
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("LC_ALL", "C");
      Process df = builder.start();
      // A hung mount hangs it, too; what it says fits into the pipe.
      if (!df.waitFor(2, TimeUnit.SECONDS)) {
        df.destroyForcibly();
        return OptionalLong.empty();
      }
      return parse(new String(df.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  /** Of a line of headings and one of {@code file-system inodes used free percent mount}. */
  static OptionalLong parse(String text) {
    String[] lines = text.strip().split("\n", -1);
    String[] fields = lines[lines.length - 1].strip().split(" +", -1);
    if (lines.length != 2 || fields.length < FREE + 2) {
      return OptionalLong.empty();
    }
    try {
      boolean counted = Long.parseLong(fields[1]) > 0;
      return counted ? OptionalLong.of(Long.parseLong(fields[FREE])) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
