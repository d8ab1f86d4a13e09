package io.tyer.store.zookeeper;

import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.zookeeper.data.Stat;

/**
 * Removes containers in which there never was a node: ZooKeeper itself removes only those that are
 * empty again. One that is found never used twice, a TTL apart, was made by somebody who has died
 * since, or has been answered that it is gone and makes it again.
 */
final class ContainerSweep {

  /** How many lines a sweep looks at, or lists on average, however many there are. */
  private static final int MOST = 1_000;

  private final Surroundings surroundings;
  private final Paths paths;
  private final ReentrantLock lock = new ReentrantLock();

  /** When each was made that was not used at the last look. Guarded by the lock. */
  private Map<String, Long> unused = new HashMap<>();

  ContainerSweep(Surroundings surroundings, Paths paths) {
    this.surroundings = surroundings;
    this.paths = paths;
  }

  /** Looks, and removes what was found so the last time. */
  void start(Link link) {
    link.send(
        failure -> {},
        live ->
            live.client()
                .exists(
                    paths.lines(),
                    null,
                    (result, on, context, stat) -> {
                      if (result == ZooKeeperLines.OK && stat != null && isDrawn(stat)) {
                        list(link);
                      }
                    },
                    null));
  }

  /** Where there are very many lines, not each client lists them each time. */
  private boolean isDrawn(Stat lines) {
    int count = lines.getNumChildren();
    return count > 0
        && (count <= MOST || Math.floorMod(surroundings.nextLong(), (long) count) < MOST);
  }

  private void list(Link link) {
    link.send(
        failure -> {},
        live ->
            live.client()
                .getChildren(
                    paths.lines(),
                    null,
                    (result, on, context, children) -> {
                      if (result == ZooKeeperLines.OK) {
                        look(link, some(children));
                      }
                    },
                    null));
  }

  /** Those that were found unused, then any, from a place that is drawn. */
  private List<String> some(List<String> children) {
    List<String> some = new ArrayList<>();
    lock.lock();
    try {
      HashSet<String> there = new HashSet<>(children);
      unused.keySet().stream().filter(there::contains).limit(MOST / 2).forEach(some::add);
    } finally {
      lock.unlock();
    }
    HashSet<String> chosen = new HashSet<>(some);
    int from = (int) Math.floorMod(surroundings.nextLong(), (long) Math.max(1, children.size()));
    for (int i = 0; i < children.size() && some.size() < MOST; i++) {
      String child = children.get((from + i) % children.size());
      if (chosen.add(child)) {
        some.add(child);
      }
    }
    return some;
  }

  private void look(Link link, List<String> children) {
    Map<String, Long> found = new HashMap<>();
    int[] open = {children.size()};
    for (String child : children) {
      String path = paths.lines() + "/" + child;
      link.send(
          failure -> {},
          live ->
              live.client()
                  .exists(
                      path,
                      null,
                      (result, on, context, stat) -> {
                        if (result == ZooKeeperLines.OK && stat != null && isUnused(stat)) {
                          found(link, child, stat.getCzxid(), found);
                        }
                        if (--open[0] == 0) {
                          remember(found);
                        }
                      },
                      null));
    }
  }

  /** It counts as many changes of its children as there were. */
  private static boolean isUnused(Stat stat) {
    return stat.getCversion() == 0 && stat.getNumChildren() == 0;
  }

  private void found(Link link, String child, long made, Map<String, Long> found) {
    Long before;
    lock.lock();
    try {
      before = unused.get(child);
    } finally {
      lock.unlock();
    }
    if (before == null || before != made) {
      found.put(child, made);
      return;
    }
    // Refused if there is a node in it meanwhile.
    link.send(
        failure -> {},
        live ->
            live.client()
                .delete(paths.lines() + "/" + child, -1, (result, on, context) -> {}, null));
  }

  private void remember(Map<String, Long> found) {
    lock.lock();
    try {
      unused = found;
    } finally {
      lock.unlock();
    }
  }
}
