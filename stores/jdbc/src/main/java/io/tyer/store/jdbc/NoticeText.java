package io.tyer.store.jdbc;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import org.jspecify.annotations.Nullable;

/**
 * A hint as what is sent with {@code NOTIFY}: {@code look NAME}, {@code granted NUMBER REQUEST
 * NAME}, or, with the line's row as that left it, {@code passed NUMBER REQUEST VERSION NONCE FLOOR
 * LENGTH NAME CONTENT}, where the name has that many characters. Names may contain blanks.
 */
final class NoticeText {

  private static final String LOOK = "look ";
  private static final String GRANTED = "granted ";
  private static final String PASSED = "passed ";

  /** So that no notice is longer than the 8,000 bytes that PostgreSQL takes. */
  private static final int MOST_CHARS = 2_000;

  private NoticeText() {}

  static String write(Hint hint) {
    Hint.Grant grant = hint.grant();
    String name = Names.escape(hint.name().text());
    return grant == null
        ? LOOK + name
        : GRANTED + grant.number() + " " + grant.request() + " " + name;
  }

  /** The same, with what was written, if that is short enough. */
  static String write(Hint hint, RowUpdate written) {
    Hint.Grant grant = hint.grant();
    String name = Names.escape(hint.name().text());
    String content = written.row().content();
    if (grant == null || name.length() + content.length() > MOST_CHARS) {
      return write(hint);
    }
    return PASSED
        + grant.number()
        + " "
        + grant.request()
        + " "
        + (written.expected().version() + 1)
        + " "
        + written.nonce()
        + " "
        + written.row().floor()
        + " "
        + name.length()
        + " "
        + name
        + " "
        + content;
  }

  /** What it says to this session; null if it says nothing: somebody else sent it. */
  static @Nullable Hint read(SessionId to, String text) {
    try {
      if (text.startsWith(LOOK)) {
        return new Hint(to, name(text.substring(LOOK.length())));
      }
      if (text.startsWith(GRANTED)) {
        Words words = new Words(text, GRANTED.length());
        Hint.Grant grant = words.grant();
        return new Hint(to, name(words.rest()), grant);
      }
      return text.startsWith(PASSED) ? passed(to, new Words(text, PASSED.length())) : null;
    } catch (IllegalArgumentException | StoreException e) {
      return null;
    }
  }

  private static Hint passed(SessionId to, Words words) throws StoreException {
    Hint.Grant grant = words.grant();
    long version = words.number();
    long nonce = words.number();
    long floor = words.number();
    LockName name = name(words.next(Integer.parseInt(words.next())));
    Row row = new Row(floor, words.rest());
    RecordKey key = new RecordKey(RecordKey.Kind.LINES, name.text());
    return new Hint(to, name, grant, new Stamped(version, nonce, row.content(key, "a notice")));
  }

  /** What is left of a text, read word by word. */
  private static final class Words {

    private final String text;
    private int at;

    Words(String text, int at) {
      this.text = text;
      this.at = at;
    }

    String next() {
      int end = text.indexOf(' ', at);
      return next((end < 0 ? text.length() : end) - at);
    }

    /** So many characters, behind which there is a blank. */
    String next(int length) {
      if (length < 0 || length >= text.length() - at || text.charAt(at + length) != ' ') {
        throw new IllegalArgumentException("cut off");
      }
      int end = at + length;
      String word = text.substring(at, end);
      at = end + 1;
      return word;
    }

    long number() {
      return Long.parseLong(next());
    }

    Hint.Grant grant() {
      long number = number();
      return new Hint.Grant(RequestId.parse(next()), number);
    }

    String rest() {
      return text.substring(at);
    }
  }

  private static LockName name(String escaped) {
    return LockName.of(Names.unescape(escaped));
  }
}
