package io.tyer.store.jdbc;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.store.record.Hint;
import org.jspecify.annotations.Nullable;

/**
 * A hint as what is sent with {@code NOTIFY}: {@code look NAME}, or {@code granted NUMBER REQUEST
 * NAME}. Names come last, since they may contain blanks.
 */
final class NoticeText {

  private static final String LOOK = "look ";
  private static final String GRANTED = "granted ";
  private static final int REQUEST_DIGITS = 32;

  private NoticeText() {}

  static String write(Hint hint) {
    Hint.Grant grant = hint.grant();
    String name = Names.escape(hint.name().text());
    return grant == null
        ? LOOK + name
        : GRANTED + grant.number() + " " + grant.request() + " " + name;
  }

  /** What it says to this session; null if it says nothing: somebody else sent it. */
  static @Nullable Hint read(SessionId to, String text) {
    try {
      if (text.startsWith(LOOK)) {
        return new Hint(to, name(text, LOOK.length()));
      }
      if (text.startsWith(GRANTED)) {
        int number = GRANTED.length();
        int request = text.indexOf(' ', number) + 1;
        int name = request + REQUEST_DIGITS + 1;
        if (request > 0 && name <= text.length() && text.charAt(name - 1) == ' ') {
          Hint.Grant grant =
              new Hint.Grant(
                  RequestId.parse(text.substring(request, name - 1)),
                  Long.parseLong(text, number, request - 1, 10));
          return new Hint(to, name(text, name), grant);
        }
      }
      return null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static LockName name(String text, int at) {
    return LockName.of(Names.unescape(text.substring(at)));
  }
}
