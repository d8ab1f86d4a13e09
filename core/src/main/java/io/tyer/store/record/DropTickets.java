package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Drops the tickets of sessions that are over from some lines of a bucket. Answers whether there
 * were any.
 *
 * @param names the lines; others are not even read
 * @param over whether a session is over; once it is, it stays so
 */
record DropTickets(Collection<LockName> names, Predicate<SessionId> over, Surroundings surroundings)
    implements BucketChange<Boolean> {

  @Override
  public Outcome<Boolean> apply(Bucket bucket) throws MalformedRecordException {
    long nowMillis = surroundings.wallMillis();
    List<Wake> wakes = new ArrayList<>();
    Bucket next = bucket;
    for (LockName name : names) {
      Line line = next.line(name);
      Line.Changed dropped = line.drop(over, nowMillis);
      next = next.with(name, line, dropped.line());
      wakes.addAll(Wake.of(name, dropped.granted()));
    }
    return new Outcome<>(next, next != bucket, 0, wakes);
  }

  @Override
  public Boolean settle(Boolean possible, Boolean found) {
    return possible || found;
  }
}
