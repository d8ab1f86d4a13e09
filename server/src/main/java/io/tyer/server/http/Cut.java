package io.tyer.server.http;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections without waiting until their clients have read what was sent. */
final class Cut {

  private Cut() {}

  /**
   * Closes at once. To close as Vert.x does would wait for a client that does not read, with all
   * that was sent to it kept until then.
   */
  static void off(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelFuture unused = base.channelHandlerContext().close();
    } else {
      Future<Void> unused = connection.close();
    }
  }
}
