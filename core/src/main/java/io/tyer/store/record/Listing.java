package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows the lines of a store to an operator. Drops nothing, decides nothing. */
final class Listing {

  private final StoreParts parts;
  private final Map<SessionId, Boolean> over = new HashMap<>();

  Listing(StoreParts parts) {
    this.parts = parts;
  }

  /**
   * The lines whose names begin with the prefix, ordered by name, without the tickets of sessions
   * of which the death was decided.
   */
  List<LineView> list(String prefix, Deadline deadline) throws StoreException {
    List<LineView> views = new ArrayList<>();
    for (Map.Entry<RecordKey, Stamped> lines :
        parts.medium().readAll(RecordKey.Kind.LINES).entrySet()) {
      if (deadline.passed()) {
        throw new StoreException(
            Kind.UNREACHABLE, parts.medium().description() + " took too long to be listed");
      }
      RecordKey key = lines.getKey();
      for (StoredLine stored : parts.buckets().read(key, lines.getValue()).lines()) {
        if (stored.name().text().startsWith(prefix)) {
          LineView view = view(stored.name(), line(key, stored));
          if (!view.tickets().isEmpty()) {
            views.add(view);
          }
        }
      }
    }
    views.sort(Comparator.comparing(LineView::name));
    return views;
  }

  /** One line, by the record that it is in. */
  LineView view(LockName name) throws StoreException {
    return view(name, parts.buckets().line(name));
  }

  private Line line(RecordKey key, StoredLine stored) throws StoreException {
    try {
      return stored.line();
    } catch (MalformedRecordException e) {
      throw e.refused(key, parts.medium().description());
    }
  }

  private LineView view(LockName name, Line line) throws StoreException {
    for (Ticket ticket : line.tickets()) {
      if (!over.containsKey(ticket.session())) {
        over.put(ticket.session(), isOver(ticket.session()));
      }
    }
    Line shown =
        line.drop(id -> over.getOrDefault(id, false), parts.surroundings().wallMillis()).line();
    List<Boolean> granted = new ArrayList<>(shown.length());
    for (Ticket ticket : shown.tickets()) {
      granted.add(shown.isGranted(ticket.number()));
    }
    return new LineView(name, shown.tickets(), granted);
  }

  private boolean isOver(SessionId id) throws StoreException {
    try {
      Versioned<SessionState> found = parts.sessions().read(id);
      return found == null || found.state().dead();
    } catch (StoreException e) {
      if (e.kind() == Kind.REFUSED) {
        return false;
      }
      throw e;
    }
  }
}
