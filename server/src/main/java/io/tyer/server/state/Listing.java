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

  private final List<String> prefixes;
  private String prefix = "";
  private final @Nullable LockName after;
  private final int limit;
  private final List<LineView> views = new ArrayList<>();
  private int tickets;
  private boolean more;

  private Listing(List<String> prefixes, @Nullable LockName after, int limit) {
    this.prefixes = prefixes;
    this.after = after;
    this.limit = limit;
  }

  /**
   * What the command asks for; refused if prefix or after are too long for a name.
   *
   * @param prefixes only names that begin with one of these are listed; in the order of names, none
   *     the beginning of another
   */
  static Outcome of(Lines lines, Command.List command, List<String> prefixes) {
    try {
      return list(lines, command, prefixes);
    } catch (IllegalArgumentException e) {
      return Outcomes.refused(String.valueOf(e.getMessage()));
    }
  }

  private static Outcome list(Lines lines, Command.List command, List<String> prefixes) {
    int limit =
        command.limit() <= 0
            ? Bounds.MAX_LISTED_LINES
            : Math.min(command.limit(), Bounds.MAX_LISTED_LINES);
    LockName unused = command.prefix().isEmpty() ? null : LockName.of(command.prefix());
    LockName after = command.after().isEmpty() ? null : LockName.of(command.after());
    Listing listing = new Listing(prefixes, after, limit);
    listing.visitAll(lines);
    return new Outcome.Listed(List.copyOf(listing.views), listing.more);
  }

  private void visitAll(Lines lines) {
    for (String one : prefixes) {
      if (more) {
        return;
      }
      prefix = one;
      LockName first = one.isEmpty() ? null : LockName.of(one);
      LockName from =
          after != null && (first == null || after.compareTo(first) > 0) ? after : first;
      if (from == null) {
        lines.byName().forEach(this::visit);
      } else {
        lines.byName().forEachFrom(from, this::visit);
      }
    }
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
