package io.tyer.command;

/**
 * How the programs of the command line end. {@code tyer run} passes on its command's exit code
 * otherwise.
 */
public enum Exit {
  OK(0, "done; with run, what the command exits with"),
  NEGATIVE(
      1,
      "the answer is no: release and token revoke found nothing, token import was refused some;"
          + " doctor, torture or a demo found a fault"),
  USAGE(64, "bad usage: an option, argument, file or setting is wrong"),
  UNREACHABLE(
      69,
      "the store or server cannot be reached, did not answer, refused, or could not be started"),
  INTERNAL(70, "an error in tyer itself, or a build that failed; TYER_DEBUG=1 shows more"),
  BUSY(75, "run: the lock was not obtained in time"),
  LOST(76, "run: the lease was lost while the command ran (see --on-loss)"),
  NOT_EXECUTABLE(126, "run: the command was found but could not be started"),
  NOT_FOUND(127, "run: the command was not found");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What the shell sees. */
  public int code() {
    return code;
  }

  /** When a program ends so, for people. */
  public String meaning() {
    return meaning;
  }

  /** What a shell reports for a process that ended by this signal. */
  public static int ofSignal(int number) {
    return 128 + number;
  }
}
