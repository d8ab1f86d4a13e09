package io.tyer.cli;

/** The exit codes of {@code tyer} itself; {@code tyer run} passes on the command's otherwise. */
enum Exit {
  OK(0, "done; with run, what the command exits with"),
  NOTHING(1, "release: nobody to revoke; doctor: a problem was found"),
  USAGE(64, "bad usage: an option, argument or setting is wrong"),
  UNREACHABLE(69, "the store cannot be reached, did not answer or refused"),
  INTERNAL(70, "an error in tyer itself; TYER_DEBUG=1 shows more"),
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

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** What a shell reports for a process that ended by this signal. */
  static int ofSignal(int number) {
    return 128 + number;
  }
}
