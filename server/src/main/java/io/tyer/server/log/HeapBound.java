package io.tyer.server.log;

/**
 * How much a member takes upon itself, by the heap that it has. It is asked by the member that
 * leads, before anything goes into the log, so that what is in the log fits the others as well, if
 * they have as much heap.
 *
 * @param stateBytes about how many bytes of heap the state may take, see {@link
 *     io.tyer.server.state.LockMachine#heapCost()}
 * @param queueBytes about how many bytes the commands may take that wait for an entry
 */
public record HeapBound(long stateBytes, long queueBytes) {

  /**
   * What a member needs beside the state: its program, its door, and the newest part of its log.
   */
  private static final long REST = 24L << 20;

  private static final long LEAST = 4L << 20;

  /** One token has half of it at most, so that its clients do not crowd out all the others. */
  private static final int SHARE = 2;

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public HeapBound {
    if (stateBytes < 1 || queueBytes < 1) {
      throw new IllegalArgumentException("a member holds something: give it more heap");
    }
  }

  /**
   * For a heap of this size: half of what the rest leaves, since a collector needs room, and a
   * snapshot that is written keeps parts of the state that have changed since.
   */
  public static HeapBound of(long maxHeapBytes) {
    return new HeapBound(
        Math.max(LEAST, (maxHeapBytes - REST) / 2), Math.max(LEAST, maxHeapBytes / 16));
  }

  /** For the heap of this process. */
  public static HeapBound ofThisProcess() {
    return of(Runtime.getRuntime().maxMemory());
  }

  /** How much of the state one access token may have. */
  long tokenBytes() {
    return stateBytes / SHARE;
  }
}
