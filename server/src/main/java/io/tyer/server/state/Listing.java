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

  /** What a line or a ticket takes without texts, at most, however it is written. */
  private static final int PER_VIEW = 80;

  private final List<String> prefixes;
  private String prefix = "";
  private final @Nullable LockName after;
  private final int limit;
  private final List<LineView> views = new ArrayList<>();
  private int tickets;
  private int bytes;
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
    if (views.size() == limit
        || tickets >= Bounds.MAX_LISTED_TICKETS
        || bytes >= Bounds.MAX_LISTED_BYTES) {
      more = true;
      return false;
    }
    bytes += PER_VIEW + HeapCost.utf8Bytes(name.text());
    List<Ticket> all = first(line.tickets());
    tickets += all.size();
    List<Boolean> granted = all.stream().map(ticket -> line.isGranted(ticket.number())).toList();
    views.add(new LineView(name, all, granted, line.tickets().size() - all.size()));
    return true;
  }

  /** As many as there is room for, but one at least. */
  private List<Ticket> first(List<Ticket> all) {
    int count = 0;
    while (count < all.size() && (count == 0 || bytes < Bounds.MAX_LISTED_BYTES)) {
      bytes += PER_VIEW + HeapCost.utf8Bytes(all.get(count).owner());
      count++;
    }
    return all.subList(0, count);
  }
}
