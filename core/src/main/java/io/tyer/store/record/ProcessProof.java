package io.tyer.store.record;

/**
 * What can be proved about the processes of this host, so that a session whose processes are all
 * gone is seen to be dead at once, and its last beat is timed by the one clock they all read. Where
 * nothing can be proved, beats decide alone.
 */
public interface ProcessProof {

  /** What {@link #startOf} answers about a process that certainly does not exist. */
  long ABSENT = -1;

  /** What {@link #startOf} answers when it cannot tell. */
  long UNKNOWN = -2;

  /**
   * Names the monotonic clock that {@link System#nanoTime} reads: two processes that name it alike
   * read the same one. Empty if it has no such name.
   */
  String clock();

  /**
   * Names the table of processes that this process sees: two processes that name it alike mean the
   * same process by the same pid. Empty if it is not certain that the whole table is seen.
   */
  String processes();

  /**
   * When a process started: two processes that ever have the same pid differ in it. Not negative;
   * or {@link #ABSENT}, or {@link #UNKNOWN}.
   */
  long startOf(long pid);

  /** What Linux tells in {@code /proc}; elsewhere, nothing. */
  static ProcessProof ofThisHost() {
    return LinuxProcessProof.ofThisHost();
  }

  /** Proves nothing. */
  static ProcessProof none() {
    return new ProcessProof() {
      @Override
      public String clock() {
        return "";
      }

      @Override
      public String processes() {
        return "";
      }

      @Override
      public long startOf(long pid) {
        return UNKNOWN;
      }
    };
  }
}
