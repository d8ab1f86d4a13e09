package io.tyer.benchmarks.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What was measured on; neither its name nor who uses it.
 *
 * @param processor as the system calls it
 * @param cores how many the JVM sees
 * @param memory in GiB
 * @param system the operating system
 * @param java the JVM
 */
public record Machine(String processor, int cores, String memory, String system, String java) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  public static Machine here() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        memoryText(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  private static String memoryText() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? String.format(Locale.ROOT, "%.0f GiB", system.getTotalMemorySize() / (double) (1L << 30))
        : "unknown memory";
  }

  @Override
  public String toString() {
    return processor + ", " + cores + " cores, " + memory + "; " + system + "; " + java;
  }
}
