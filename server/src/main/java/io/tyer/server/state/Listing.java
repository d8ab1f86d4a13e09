package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists lines, as many as there is room for in one answer. */
final class Listing {

  private final String prefix;
  private final @Nullable LockName after;
  private final int limit;
  private final List<LineView> views = new ArrayList<>();
  private int tickets;
  private boolean more;

  private Listing(String prefix, @Nullable LockName after, int limit) {
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
  }

  /** What the command asks for; refused if prefix or after are too long for a name. */
  static Outcome of(Lines lines, Command.List command) {
    try {
      return list(lines, command);
    } catch (IllegalArgumentException e) {
      return Outcomes.refused(String.valueOf(e.getMessage()));
    }
  }

  private static Outcome list(Lines lines, Command.List command) {
    int limit =
        command.limit() <= 0
            ? Bounds.MAX_LISTED_LINES
            : Math.min(command.limit(), Bounds.MAX_LISTED_LINES);
    LockName prefix = command.prefix().isEmpty() ? null : LockName.of(command.prefix());
    LockName after = command.after().isEmpty() ? null : LockName.of(command.after());
    Listing listing = new Listing(command.prefix(), after, limit);
    LockName from =
        after != null && (prefix == null || after.compareTo(prefix) > 0) ? after : prefix;
    if (from == null) {
      lines.byName().forEach(listing::visit);
    } else {
      lines.byName().forEachFrom(from, listing::visit);
    }
    return new Outcome.Listed(List.copyOf(listing.views), listing.more);
  }

  private boolean visit(LockName name, Line line) {
    if (after != null && name.compareTo(after) <= 0) {
      return true;
    }
    if (!name.text().startsWith(prefix)) {
      return false;
    }
    if (views.size() == limit || tickets >= Bounds.MAX_LISTED_TICKETS) {
      more = true;
      return false;
    }
    List<Ticket> all = line.tickets();
    tickets += all.size();
    List<Boolean> granted = all.stream().map(ticket -> line.isGranted(ticket.number())).toList();
    views.add(new LineView(name, all, granted));
    return true;
  }
}
