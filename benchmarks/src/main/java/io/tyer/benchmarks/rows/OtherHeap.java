package io.tyer.benchmarks.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM of this machine and user. */
final class OtherHeap {

  /** The last line of a histogram: objects, then bytes. */
  private static final Pattern TOTAL = Pattern.compile("Total +[0-9]+ +([0-9]+)");

  private OtherHeap() {}

  /** What is reachable in it, in bytes; it collects for that. */
  static long used(long pid) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process jcmd =
        new ProcessBuilder(tool.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IOException("jcmd did not tell the heap of process " + pid + ": " + text);
    }
    return Long.parseLong(total.group(1));
  }
}
