package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.ArrayList;
import java.util.List;

/**
 * A ticket that is granted now and waited before: its session is to be told.
 *
 * @param name the line it stands in
 */
record Wake(LockName name, Ticket ticket) {

  /** Tells its session that it is granted. */
  Hint hint() {
    return new Hint(ticket.session(), name, new Hint.Grant(ticket.request(), ticket.number()));
  }

  static List<Wake> of(LockName name, List<Ticket> granted) {
    List<Wake> wakes = new ArrayList<>(granted.size());
    for (Ticket ticket : granted) {
      wakes.add(new Wake(name, ticket));
    }
    return wakes;
  }
}
