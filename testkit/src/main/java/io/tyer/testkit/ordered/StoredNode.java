package io.tyer.testkit.ordered;

import io.tyer.line.SessionId;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.NodeWatch;
import io.tyer.store.ordered.OrderedNode;
import java.util.ArrayList;
import java.util.List;

/** A node at the server. Guarded by the server's lock. */
final class StoredNode {

  /** Somebody who watches, and by what way he is told. */
  record Watcher(Deliveries to, NodeWatch watch) {}

  final String key;
  final String label;
  final SessionId session;
  final List<Watcher> watchers = new ArrayList<>();
  private NodeBody body;

  StoredNode(String key, String label, SessionId session, NodeBody body) {
    this.key = key;
    this.label = label;
    this.session = session;
    this.body = body;
  }

  NodeBody body() {
    return body;
  }

  void replace(long version, byte[] content) {
    body = new NodeBody(body.number(), version, content);
  }

  OrderedNode listed(OrderedFlavour flavour) {
    return new OrderedNode(key, label, flavour.tellsBodies() ? body : null);
  }
}
