package io.tyer.store.ordered;

import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;

/**
 * What a ticket asked for, as the label of its node: seen in every listing, and never changed.
 *
 * <pre>
 * t1-9c…(request)-0f…(session)-x        exclusive
 * t1-9c…(request)-0f…(session)-x-r      exclusive, and its client may keep it
 * t1-9c…(request)-0f…(session)-s2of5    shared: 2 of 5
 * t1-9c…(request)-0f…(session)-s1ofall  shared, without bound
 * </pre>
 */
record Label(
    RequestId request,
    SessionId session,
    boolean exclusive,
    int weight,
    int capacity,
    boolean recallable) {

  private static final String FORMAT = "t1";
  private static final String RECALLABLE = "r";

  static Label of(Ask ask) {
    return new Label(
        ask.request(),
        ask.session(),
        ask.exclusive(),
        ask.weight(),
        ask.capacity(),
        ask.recallable());
  }

  String write() {
    String mode = exclusive ? "x" : Shares.write(weight, capacity);
    String label = FORMAT + '-' + request + '-' + session + '-' + mode;
    return recallable ? label + '-' + RECALLABLE : label;
  }

  /** Whether this is a label of this session's request, whatever it asks for. */
  static boolean isOf(String label, SessionId session, RequestId request) {
    return label.startsWith(FORMAT + '-' + request + '-' + session + '-');
  }

  static Label read(String text) throws Malformed {
    String[] parts = text.split("-", 6);
    if (!parts[0].equals(FORMAT)) {
      throw parts[0].matches("t[1-9][0-9]{0,8}")
          ? Malformed.newer("its format is " + parts[0])
          : new Malformed("it does not begin with " + FORMAT + '-');
    }
    boolean recallable = parts.length == 5;
    if (parts.length < 4 || parts.length > 5 || (recallable && !parts[4].equals(RECALLABLE))) {
      throw new Malformed("it has other parts than request, session, mode and r");
    }
    try {
      RequestId request = RequestId.parse(parts[1]);
      SessionId session = SessionId.parse(parts[2]);
      if (parts[3].equals("x")) {
        return new Label(request, session, true, 1, 1, recallable);
      }
      Shares shares = Shares.read(parts[3]);
      return new Label(request, session, false, shares.weight(), shares.capacity(), recallable);
    } catch (IllegalArgumentException e) {
      throw new Malformed(String.valueOf(e.getMessage()), e);
    }
  }
}
