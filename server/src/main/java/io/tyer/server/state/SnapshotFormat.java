package io.tyer.server.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What a snapshot looks like.
 *
 * <pre>
 * snapshot  magic (8 bytes) | version (1 byte, now 1) | records
 * record    length (4) | that many bytes | CRC32C of all that stands before it in the snapshot (4)
 * bytes     kind (1) | its parts
 * </pre>
 *
 * The records: one head; the sessions, by their ids; those that have ended, in that order; the
 * lines, by their names; one end, with the numbers of all of them. Tickets of sessions, deadlines
 * and counts follow from these. The form is canonical, so that its hash is one of the state.
 */
final class SnapshotFormat {

  static final int VERSION = 1;

  static final int HEAD = 1;
  static final int SESSION = 2;
  static final int DEAD = 3;
  static final int LINE = 4;
  static final int END = 5;

  private static final String MAGIC = "TYERSNAP";

  private SnapshotFormat() {}

  static byte[] magic() {
    return MAGIC.getBytes(US_ASCII);
  }
}
