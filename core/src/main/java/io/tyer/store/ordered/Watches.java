package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Cancellable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a waiting ticket watches: the nodes that alone still block it. None is watched without being
 * looked at, since a listing need not tell that it was weakened, or that it has gone meanwhile.
 */
final class Watches {

  /** Who is told what came of it. */
  interface Told {
    /** What the ticket waited for has gone, and nothing else is in its way. */
    void granted();

    /** Something changed: it has to look at its line. */
    void changed();
  }

  private final OrderedSession session;
  private final LockName name;
  private final RequestId request;
  private final Told told;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<String, Watch> unhappened = new HashMap<>();
  private boolean ended;

  /** The line that it waits in, as far as was seen; null unless all that blocks it is watched. */
  private @Nullable NodeLine waitsIn;

  Watches(OrderedSession session, LockName name, RequestId request, Told told) {
    this.session = session;
    this.name = name;
    this.request = request;
    this.told = told;
  }

  /**
   * Watches what blocks the ticket in this line, which was just read. Answers the line with what
   * was learned by looking: the ticket is granted there, or everything that blocks it is watched.
   */
  CompletableFuture<NodeLine> settle(NodeLine line) {
    return settle(line, new HashSet<>());
  }

  private CompletableFuture<NodeLine> settle(NodeLine line, Set<String> looked) {
    List<Row> blockers = line.blockers(request);
    List<Row> unsure = unsure(line, blockers, looked);
    if (unsure.isEmpty()) {
      return Steps.done(line);
    }
    return Steps.then(
        Steps.each(unsure, this::look),
        seen -> {
          unsure.forEach(row -> looked.add(row.key()));
          return settle(line.looked(unsure, seen), looked);
        });
  }

  /** The blockers that were not looked at, or are not watched; without any, it waits. */
  private List<Row> unsure(NodeLine line, List<Row> blockers, Set<String> looked) {
    List<Watch> needless;
    lock.lock();
    try {
      List<Row> unsure =
          blockers.stream().filter(row -> !looked.contains(row.key()) || !isWatched(row)).toList();
      if (!unsure.isEmpty() && !ended) {
        return unsure;
      }
      needless = allBut(blockers);
      waitsIn = blockers.isEmpty() || ended ? null : line;
    } finally {
      lock.unlock();
    }
    needless.forEach(Watch::cancel);
    return List.of();
  }

  private CompletableFuture<Optional<NodeBody>> look(Row row) {
    Watch watch = new Watch(row.key());
    boolean watched;
    lock.lock();
    try {
      watched = isWatched(row);
      if (!watched) {
        unhappened.put(row.key(), watch);
      }
    } finally {
      lock.unlock();
    }
    if (watched) {
      NodeBody listed = row.node().body();
      return listed != null
          ? Steps.done(Optional.of(listed))
          : Steps.ask(reply -> session.look(name, row.node(), reply));
    }
    CompletableFuture<Optional<NodeBody>> seen =
        Steps.ask(reply -> watch.end = session.watch(name, row.node(), watch, reply));
    return seen.whenComplete(
        (body, failure) -> watch.answered(failure == null && body.isPresent()));
  }

  /** Whether something that happens to a node would be told. Under the lock. */
  private boolean isWatched(Row row) {
    Watch watch = unhappened.get(row.key());
    return watch != null && watch.watches;
  }

  /** Forgets all watches but those of these nodes, and answers them. Under the lock. */
  private List<Watch> allBut(List<Row> needed) {
    Map<String, Watch> needless = new HashMap<>(unhappened);
    needed.forEach(row -> needless.remove(row.key()));
    unhappened.keySet().removeAll(needless.keySet());
    return List.copyOf(needless.values());
  }

  /** Watches nothing any more. */
  void end() {
    List<Watch> all;
    lock.lock();
    try {
      ended = true;
      waitsIn = null;
      all = allBut(List.of());
    } finally {
      lock.unlock();
    }
    all.forEach(Watch::cancel);
  }

  /** A node that is watched, from before it is looked at until something happens to it. */
  private final class Watch implements NodeWatch {

    private final String key;
    private volatile @Nullable Cancellable end;

    /** Whether the medium has answered that it watches. Guarded by the lock. */
    private boolean watches;

    Watch(String key) {
      this.key = key;
    }

    @Override
    public void happened(boolean gone) {
      boolean granted = false;
      lock.lock();
      try {
        if (!unhappened.remove(key, this) || waitsIn == null) {
          // Nobody wants it any more, or whoever settles finds out.
          return;
        }
        if (gone) {
          waitsIn = waitsIn.without(key);
          granted = waitsIn.isGranted(request);
        }
        if (granted) {
          waitsIn = null;
        }
      } finally {
        lock.unlock();
      }
      if (granted) {
        told.granted();
      } else {
        told.changed();
      }
    }

    void answered(boolean watched) {
      lock.lock();
      try {
        watches = watched;
        if (!watched) {
          unhappened.remove(key, this);
        }
      } finally {
        lock.unlock();
      }
    }

    void cancel() {
      Cancellable watched = end;
      if (watched != null) {
        watched.cancel();
      }
    }
  }
}
