package io.tyer.store.zookeeper;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.store.ordered.OrderedNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything is, below a store's root.
 *
 * @param root such as {@code /tyer}
 */
record Paths(String root) {

  /** Of lines; its content says in which format everything is. */
  String lines() {
    return root + "/lines";
  }

  String sessions() {
    return root + "/sessions";
  }

  String inboxes() {
    return root + "/inboxes";
  }

  /** A line's container. */
  String line(LockName name) {
    return lines() + "/" + NodeName.of(name);
  }

  String node(LockName line, OrderedNode node) {
    return line(line) + "/" + node.key();
  }

  /** What lives as long as the session, and is written to prove that it does. */
  String session(SessionId id) {
    return sessions() + "/" + id;
  }

  /** Where others tell the session something. */
  String inbox(SessionId id) {
    return inboxes() + "/" + id;
  }

  /** All that is made once and stays, each behind what it is in. */
  List<String> lasting() {
    List<String> paths = new ArrayList<>();
    for (int slash = root.indexOf('/', 1); slash > 0; slash = root.indexOf('/', slash + 1)) {
      paths.add(root.substring(0, slash));
    }
    paths.addAll(List.of(root, lines(), sessions(), inboxes()));
    return paths;
  }
}
