package io.tyer.server.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What a snapshot looks like.
 *
 * <pre>
 * snapshot  magic (8 bytes) | version (1 byte) | records
 * record    length (4) | that many bytes | CRC32C of all that stands before it in the snapshot (4)
 * bytes     kind (1) | its parts
 * </pre>
 *
 * The records: one head; the tokens, by their ids; the sessions, by their ids; those that have
 * ended, in that order; the lines, by their names; one end, with the numbers of all of them.
 * Tickets of sessions, deadlines and counts follow from these. The form is canonical, so that its
 * hash is one of the state.
 *
 * <p>Version 2 is of states that have, or have had, tokens: it has their records and their number,
 * and each session's token. Version 3 is of states that have adopted version 3: its head ends with
 * the adopted version, its tokens have their quota of bytes, and the rest is as in version 2. All
 * others are of version 1.
 */
final class SnapshotFormat {

  static final int VERSION = 3;

  static final int HEAD = 1;
  static final int SESSION = 2;
  static final int DEAD = 3;
  static final int LINE = 4;
  static final int END = 5;
  static final int TOKEN = 6;

  private static final String MAGIC = "TYERSNAP";

  private SnapshotFormat() {}

  /** Where records of this kind stand among the others. */
  static int place(int kind) {
    return switch (kind) {
      case HEAD -> 0;
      case TOKEN -> 1;
      case SESSION -> 2;
      case DEAD -> 3;
      case LINE -> 4;
      case END -> 5;
      default -> throw new IllegalArgumentException("there is no record " + kind);
    };
  }

  static byte[] magic() {
    return MAGIC.getBytes(US_ASCII);
  }
}
