package io.tyer.cli;

import java.util.Map;

/**
 * What the library logs: warnings and errors, as messages of ours; everything with TYER_DEBUG=1.
 */
final class Logging {

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static boolean isDebug(Map<String, String> environment) {
    String value = environment.get("TYER_DEBUG");
    return value != null && !value.isEmpty() && !value.equals("0");
  }

  /** Before the first logger is made. The rest is in simplelogger.properties. */
  static void configure(Map<String, String> environment, Screen screen) {
    boolean debug = isDebug(environment);
    if (debug) {
      System.setProperty(PREFIX + "defaultLogLevel", "debug");
      System.setProperty(PREFIX + "showShortLogName", "true");
      System.setProperty(PREFIX + "showThreadName", "true");
    }
    System.setErr(screen.log(debug));
  }
}
