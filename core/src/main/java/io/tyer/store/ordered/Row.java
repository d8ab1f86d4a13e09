package io.tyer.store.ordered;

import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * A node as a ticket.
 *
 * @param body what it was when it was looked at, or null as long as it was not
 * @param note what the body says; {@link Note#UNREAD} without one
 */
record Row(OrderedNode node, Label label, @Nullable NodeBody body, Note note) {

  static Row of(OrderedNode node) throws Malformed {
    Row row = new Row(node, Label.read(node.label()), null, Note.UNREAD);
    NodeBody body = node.body();
    return body == null ? row : row.with(body);
  }

  Row with(NodeBody seen) throws Malformed {
    return new Row(node, label, seen, Note.read(seen.content()));
  }

  String key() {
    return node.key();
  }

  boolean isOf(SessionId session, RequestId request) {
    return label.request().equals(request) && label.session().equals(session);
  }

  /** Its number, or the stand-in while that is not known. */
  long numberOr(long standIn) {
    return body == null ? standIn : body.number();
  }

  /** The ticket under some number. */
  Ticket ticket(long number) {
    return ticket(number, label.request());
  }

  /** The ticket under some number and some id. */
  Ticket ticket(long number, RequestId request) {
    Shares weakened = label.exclusive() ? note.shares() : null;
    return new Ticket(
        number,
        label.session(),
        request,
        note.owner(),
        label.exclusive() && weakened == null,
        weakened == null ? label.weight() : weakened.weight(),
        weakened == null ? label.capacity() : weakened.capacity(),
        label.recallable(),
        note.revoked(),
        note.since());
  }
}
