package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Some checks that are made at once: all lines are read together, and then all sessions in their
 * way. What each is answered is what it would have been answered alone.
 */
final class PollRound {

  private final StoreParts parts;
  private final List<Asked> all;

  PollRound(StoreParts parts, List<Poll> polls) {
    this.parts = parts;
    this.all = polls.stream().map(Asked::new).toList();
  }

  /** A check, and what has been found out. */
  private static final class Asked {
    final Poll poll;
    @Nullable TicketState state;
    @Nullable StoreException failure;

    /** Somebody ahead is dead: he is dropped first, by a request of its own. */
    boolean behindDead;

    Asked(Poll poll) {
      this.poll = poll;
    }

    /** Whose tickets are in the way, but for its own session. */
    Set<SessionId> inTheWay() {
      Set<SessionId> ids = new HashSet<>();
      if (state instanceof TicketState.Waiting waiting) {
        for (Ticket ticket : waiting.blockers()) {
          ids.add(ticket.session());
        }
        ids.remove(poll.session());
      }
      return ids;
    }
  }

  /** Asks the store. */
  void read() {
    try {
      readLines();
      readSessions();
    } catch (RuntimeException e) {
      String what = parts.medium().description() + " failed inside: " + e;
      all.forEach(asked -> asked.failure = new StoreException(Kind.UNKNOWN, what, e));
    }
  }

  private void readLines() {
    Set<LockName> names = new HashSet<>();
    all.forEach(asked -> names.add(asked.poll.name()));
    Map<LockName, Reading<Line>> lines;
    try {
      lines = parts.buckets().lines(names);
    } catch (StoreException e) {
      all.forEach(asked -> asked.failure = e);
      return;
    }
    for (Asked asked : all) {
      Poll poll = asked.poll;
      try {
        // Never absent: what is not known would be told as gone, which is a loss.
        Line line =
            Objects.requireNonNull(Objects.requireNonNull(lines.get(poll.name())).orThrow());
        asked.state = LineRequests.standing(line, poll.session(), poll.request(), poll.number());
      } catch (StoreException e) {
        asked.failure = e;
      }
    }
  }

  private void readSessions() {
    Set<SessionId> ids = new HashSet<>();
    all.forEach(asked -> ids.addAll(asked.inTheWay()));
    Map<SessionId, Reading<Boolean>> dead =
        parts.obituaries().areDead(ids, parts.requests().deadline());
    for (Asked asked : all) {
      for (SessionId id : asked.inTheWay()) {
        try {
          asked.behindDead |=
              Boolean.TRUE.equals(dead.getOrDefault(id, Reading.of(false)).orThrow());
        } catch (StoreException e) {
          asked.failure = e;
        }
      }
    }
  }

  /**
   * Answers. Whatever comes of one answer holds up no other: here are given only those after which
   * nothing is done.
   */
  void answer() {
    Queue<Asked> news = new ArrayDeque<>();
    for (Asked asked : all) {
      Poll poll = asked.poll;
      if (asked.failure != null) {
        poll.reply().failed(asked.failure);
      } else if (asked.state instanceof TicketState.Waiting waiting && !asked.behindDead) {
        parts.waking().recall(poll.session(), poll.name(), waiting);
        poll.reply().done(waiting);
      } else {
        news.add(asked);
      }
    }
    relay(news);
  }

  /** Each is begun before the one before it has ended, by as few threads as that takes. */
  private void relay(Queue<Asked> news) {
    Asked first = news.poll();
    if (first == null) {
      return;
    }
    boolean last = news.isEmpty();
    boolean relayed = !last && relayedElsewhere(news);
    tell(first);
    if (!last && !relayed) {
      relay(news);
    }
  }

  private boolean relayedElsewhere(Queue<Asked> news) {
    try {
      parts.surroundings().io().execute(() -> relay(news));
      return true;
    } catch (RejectedExecutionException e) {
      return false; // The client is closing.
    }
  }

  private void tell(Asked asked) {
    Poll poll = asked.poll;
    TicketState state = asked.state;
    if (state != null && !asked.behindDead) {
      poll.reply().done(state);
      return;
    }
    parts
        .requests()
        .run(
            poll.reply(),
            deadline ->
                parts
                    .lines()
                    .check(poll.session(), poll.name(), poll.request(), poll.number(), deadline));
  }
}
