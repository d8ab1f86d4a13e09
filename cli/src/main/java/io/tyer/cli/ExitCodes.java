package io.tyer.cli;

/** The exit codes, for help. */
final class ExitCodes {

  private ExitCodes() {}

  static String text() {
    StringBuilder text = new StringBuilder("Exit codes:");
    for (Exit exit : Exit.values()) {
      text.append("\n").append(String.format("  %3d  %s", exit.code(), exit.meaning()));
    }
    text.append("\n  129, 130, 143  run: HUP, INT, TERM came while waiting for the lock");
    return text.append("\n  128+N  run: the command was ended by signal N").toString();
  }
}
