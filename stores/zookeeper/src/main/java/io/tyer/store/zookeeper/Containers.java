package io.tyer.store.zookeeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines in which a session has, or lately had, nodes. Their containers are removed by the
 * session, if they are empty, once it has not used them for a while, and at its end: ZooKeeper
 * would do so a minute later, and for 10,000 a minute at most.
 */
final class Containers {

  private static final int MOST = 10_000;
  private static final int MOST_NODES_AT_END = 1_000;

  private final long idleNanos;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  /** When a node of the session was last removed there; those of longest ago first. */
  private final Map<String, Long> left = new LinkedHashMap<>();

  private final Set<String> nodes = new HashSet<>();

  Containers(long idleNanos) {
    this.idleNanos = idleNanos;
  }

  /** A node of the session is there. */
  void appended(String node) {
    lock.lock();
    try {
      nodes.add(node);
    } finally {
      lock.unlock();
    }
  }

  /** A node is there no more, whoever's it was. */
  void removed(String node, long now) {
    lock.lock();
    try {
      if (nodes.remove(node)) {
        String line = line(node);
        left.remove(line);
        left.put(line, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private static String line(String node) {
    return node.substring(0, node.lastIndexOf('/'));
  }

  /** Lines not used for a while, or too many to be kept in mind; told once. */
  List<String> idle(long now) {
    List<String> idle = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Map.Entry<String, Long>> all = left.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<String, Long> one = all.next();
        if (left.size() <= MOST && now - one.getValue() < idleNanos) {
          break;
        }
        idle.add(one.getKey());
        all.remove();
      }
    } finally {
      lock.unlock();
    }
    return idle;
  }

  /** What is to be removed when the session ends: its nodes, then containers. */
  List<String> atEnd() {
    lock.lock();
    try {
      List<String> all = new ArrayList<>();
      Set<String> lines = new HashSet<>(left.keySet());
      if (nodes.size() <= MOST_NODES_AT_END) {
        all.addAll(nodes);
        nodes.forEach(node -> lines.add(line(node)));
      }
      all.addAll(lines);
      nodes.clear();
      left.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
