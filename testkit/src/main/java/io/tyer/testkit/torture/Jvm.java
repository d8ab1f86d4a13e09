package io.tyer.testkit.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts other JVMs with this one's class path. */
final class Jvm {

  private Jvm() {}

  /**
   * Starts one, small and quick to start.
   *
   * @param prefix a command that runs the command after it, or nothing
   * @param environment what is added to this process's environment
   * @param log where its standard error goes
   */
  static Process start(
      List<String> prefix,
      Map<String, String> environment,
      Path log,
      Class<?> main,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx96m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xshare:auto");
    // Its files are named by process ids, which other namespaces use, too.
    command.add("-XX:-UsePerfData");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }
}
