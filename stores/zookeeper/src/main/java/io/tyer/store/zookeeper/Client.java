package io.tyer.store.zookeeper;

import java.io.IOException;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.HostProvider;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;

/** ZooKeeper's client, which otherwise ends its session by blocking, and whatever comes of that. */
@SuppressWarnings("try") // Its close, which nobody calls, may be interrupted.
final class Client extends ZooKeeper {

  /** For a new session. */
  Client(
      String servers, int timeoutMillis, Watcher watcher, HostProvider hosts, ZKClientConfig config)
      throws IOException {
    super(servers, timeoutMillis, watcher, false, hosts, config);
  }

  /** For the session that another client has. */
  Client(
      String servers,
      int timeoutMillis,
      Watcher watcher,
      Client former,
      HostProvider hosts,
      ZKClientConfig config)
      throws IOException {
    super(
        servers,
        timeoutMillis,
        watcher,
        former.getSessionId(),
        former.getSessionPasswd(),
        false,
        hosts,
        config);
  }

  /** Whether there ever was a session. */
  boolean hasSession() {
    return getSessionId() != 0;
  }

  /** Asks the server to end the session; nothing can be asked after that. */
  void endSession(AsyncCallback.VoidCallback callback) {
    RequestHeader header = new RequestHeader();
    header.setType(ZooDefs.OpCode.closeSession);
    cnxn.queuePacket(header, new ReplyHeader(), null, null, callback, "/", "/", null, null);
  }

  /** Ends connection and threads, and leaves the session to die. Blocks for a moment. */
  void disconnect() {
    cnxn.disconnect();
  }
}
