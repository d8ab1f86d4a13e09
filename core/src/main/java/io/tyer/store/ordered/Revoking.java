package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Marks tickets as revoked, or removes them, and tells their sessions. Marks stand in the nodes'
 * notes: they outlive whoever made them, and go with the tickets.
 */
final class Revoking {

  private final OrderedLines lines;
  private final LockName name;
  private final OptionalLong number;
  private final boolean now;
  private final Deadline deadline;

  /** Whether something was done, so that a failure is not without effect. */
  private final AtomicBoolean effect = new AtomicBoolean();

  Revoking(OrderedLines lines, LockName name, OptionalLong number, boolean now, Deadline deadline) {
    this.lines = lines;
    this.name = name;
    this.number = number;
    this.now = now;
    this.deadline = deadline;
  }

  /** Answers how many were marked or removed. */
  CompletableFuture<Integer> revoke() {
    return Steps.ifFailed(
        Steps.then(new Reading(lines).whole(name, true), this::revoke),
        failure ->
            CompletableFuture.failedFuture(effect.get() ? Steps.afterAnEffect(failure) : failure));
  }

  private CompletableFuture<Integer> revoke(NodeLine line) {
    List<Row> concerned = new ArrayList<>();
    List<Boolean> granted = line.granted();
    for (int i = 0; i < granted.size(); i++) {
      Row row = line.rows().get(i);
      boolean meant = number.isPresent() ? row.numberOr(0) == number.getAsLong() : granted.get(i);
      if (meant) {
        concerned.add(row);
      }
    }
    Set<SessionId> holders = ConcurrentHashMap.newKeySet();
    return Steps.then(
        Steps.each(
            concerned,
            row ->
                Steps.then(
                    now ? remove(row) : mark(row),
                    done -> {
                      if (done) {
                        effect.set(true);
                        holders.add(row.label().session());
                      }
                      return Steps.done(done);
                    })),
        done -> {
          int count = (int) done.stream().filter(each -> each).count();
          return Steps.then(
              Steps.each(List.copyOf(holders), this::tell), told -> Steps.done(count));
        });
  }

  private CompletableFuture<Boolean> remove(Row row) {
    return Steps.ask(reply -> lines.remove(name, row.node(), reply));
  }

  private CompletableFuture<Boolean> mark(Row row) {
    return Steps.then(Steps.done(row), this::markSeen);
  }

  private CompletableFuture<Boolean> markSeen(Row row) throws StoreException {
    NodeBody seen = row.body();
    if (seen == null) {
      throw new StoreException(Kind.UNREACHABLE, "a ticket of " + name + " was not looked at");
    }
    if (row.note().revoked()) {
      return Steps.done(true);
    }
    deadline.check();
    byte[] marked = row.note().revokedNow().write();
    return Steps.then(
        Steps.<Boolean>ask(reply -> lines.replace(name, row.node(), seen, marked, reply)),
        replaced -> replaced ? Steps.done(true) : again(row));
  }

  /** It was weakened meanwhile, or marked by somebody else, or it has gone. */
  private CompletableFuture<Boolean> again(Row row) {
    return Steps.then(
        new Reading(lines).look(name, row),
        seen ->
            seen.isEmpty() ? Steps.done(false) : markSeen(NodeLine.looked(name, row, seen.get())));
  }

  private CompletableFuture<Boolean> tell(SessionId holder) {
    return Steps.ask(reply -> lines.tell(holder, Hint.CHANGED.about(name), reply));
  }
}
