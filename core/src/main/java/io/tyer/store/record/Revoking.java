package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Marks tickets as revoked, or removes them. Answers which; a repeated revoke finds those that are
 * marked already.
 */
record Revoking(LockName name, OptionalLong number, boolean now, Surroundings surroundings)
    implements BucketChange<List<Ticket>> {

  @Override
  public Outcome<List<Ticket>> apply(Bucket bucket) throws MalformedRecordException {
    long nowMillis = surroundings.wallMillis();
    Line before = bucket.line(name);
    List<Ticket> targets = targets(before);
    List<Ticket> granted = new ArrayList<>();
    Line line = before;
    for (Ticket target : targets) {
      Line.Changed changed =
          now ? line.leave(target.number(), nowMillis) : line.revoke(target.number());
      line = changed.line();
      granted.addAll(changed.granted());
    }
    Line after = line;
    granted.removeIf(ticket -> !after.isGranted(ticket.number()));
    return new Outcome<>(bucket.with(name, before, after), targets, 0, Wake.of(name, granted));
  }

  private List<Ticket> targets(Line line) {
    if (number.isPresent()) {
      Optional<Ticket> ticket = line.find(number.getAsLong());
      return ticket.map(List::of).orElse(List.of());
    }
    List<Ticket> granted = new ArrayList<>();
    for (Ticket ticket : line.tickets()) {
      if (line.isGranted(ticket.number())) {
        granted.add(ticket);
      }
    }
    return granted;
  }

  @Override
  public List<Ticket> settle(List<Ticket> possible, List<Ticket> found) {
    Set<Ticket> both = new LinkedHashSet<>(possible);
    both.addAll(found);
    return now ? List.copyOf(both) : found;
  }

  /** Revokes and tells: by a hint, and by a call in the session's record that its beat will see. */
  static int revoke(StoreParts parts, LockName name, Revoking revoking, Deadline deadline)
      throws StoreException {
    Buckets.Result<List<Ticket>> result = parts.buckets().change(name, revoking, deadline);
    parts.waking().granted(result.wakes());
    Set<SessionId> holders = new LinkedHashSet<>();
    for (Ticket ticket : result.answer()) {
      holders.add(ticket.session());
    }
    StoreException failure = null;
    for (SessionId holder : holders) {
      try {
        if (!parts.waking().changed(holder, name)) {
          parts.sessions().call(holder, deadline);
        }
      } catch (StoreException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw new StoreException(
          StoreException.Kind.UNKNOWN,
          "revoked, but not every holder is certain to learn of it soon: " + failure.getMessage(),
          failure);
    }
    return result.answer().size();
  }
}
