package io.tyer.server.run;

/** What the program's exit codes say. */
final class Exit {

  static final int DONE = 0;
  static final int USAGE = 2;
  static final int FAILED = 3;

  private Exit() {}
}
