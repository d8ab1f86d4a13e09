package io.tyer.example.coupons;

/**
 * Something that happened to a buyer.
 *
 * @param nanos when, by the clock that all processes of this machine share ({@link
 *     System#nanoTime})
 * @param buyer whom, from 1
 * @param detail what else there is to say; may be empty
 */
record Event(long nanos, int buyer, EventKind kind, String detail) {

  static Event now(int buyer, EventKind kind, String detail) {
    return new Event(System.nanoTime(), buyer, kind, detail);
  }

  /** As a buyer's process says it. */
  String toLine() {
    return nanos + " " + kind + " " + detail.replaceAll("\\R", " ");
  }

  /**
   * What a buyer has said.
   *
   * @throws IllegalArgumentException if it is nothing that a buyer says
   */
  static Event ofLine(int buyer, String line) {
    String[] parts = line.split(" ", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a buyer says: nanoseconds, kind, detail; not: " + line);
    }
    return new Event(Long.parseLong(parts[0]), buyer, EventKind.valueOf(parts[1]), parts[2]);
  }
}
