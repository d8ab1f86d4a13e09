package io.tyer.store.ordered;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.Ask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket's node says besides its label, as its body: for people, and what was changed since.
 * Text, so that people can read it by the medium's own tools.
 *
 * <pre>
 * tyer-ticket 1 1767225600000 - host-1 pid 77 main
 * tyer-ticket 1 1767225600000 revoked,s1ofall host-1 pid 77 main
 * </pre>
 *
 * The fields: format, since, marks ({@code -} for none), owner.
 *
 * @param since wall-clock milliseconds of the client that appended it
 * @param shares what an exclusive ticket was weakened to, or null
 */
record Note(String owner, long since, boolean revoked, @Nullable Shares shares) {

  private static final String HEAD = "tyer-ticket";
  private static final String FORMAT = "1";
  private static final String REVOKED = "revoked";

  /** What is not known, since no body was read. */
  static final Note UNREAD = new Note("", 0, false, null);

  static Note of(Ask ask, long nowMillis) {
    return new Note(ask.owner(), nowMillis, false, null);
  }

  Note revokedNow() {
    return new Note(owner, since, true, shares);
  }

  Note weakened(int weight, int capacity) {
    return new Note(owner, since, revoked, new Shares(weight, capacity));
  }

  byte[] write() {
    return String.join(" ", HEAD, FORMAT, String.valueOf(since), marks(), owner).getBytes(UTF_8);
  }

  private String marks() {
    String share = shares == null ? "" : Shares.write(shares.weight(), shares.capacity());
    if (revoked) {
      return share.isEmpty() ? REVOKED : REVOKED + ',' + share;
    }
    return share.isEmpty() ? "-" : share;
  }

  static Note read(byte[] content) throws Malformed {
    String text = new String(content, UTF_8);
    String[] fields = text.split(" ", 5);
    if (!fields[0].equals(HEAD) || fields.length < 2) {
      throw new Malformed("it does not begin with " + HEAD);
    }
    if (!fields[1].equals(FORMAT)) {
      throw Malformed.newer("its format is not " + FORMAT);
    }
    if (fields.length != 5 || !fields[2].matches("0|[1-9][0-9]{0,17}")) {
      throw new Malformed("it has other fields than since, marks and owner");
    }
    String marks = fields[3];
    boolean revoked = marks.equals(REVOKED) || marks.startsWith(REVOKED + ',');
    String share = revoked ? marks.substring(Math.min(marks.length(), 8)) : marks;
    boolean weakened = revoked ? !share.isEmpty() : !share.equals("-");
    if (!Ask.clipOwner(fields[4]).equals(fields[4])) {
      throw new Malformed("its owner is none");
    }
    Shares shares = weakened ? Shares.read(share) : null;
    Note note = new Note(fields[4], Long.parseLong(fields[2]), revoked, shares);
    if (!Arrays.equals(note.write(), content)) {
      throw new Malformed("it is not written the one way that it can be");
    }
    return note;
  }
}
