package io.tyer.testkit.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A client's connection with the one to the server behind it. Used by the proxy's thread only. */
final class ProxiedConnection {

  private final ProxyState state;
  private final Selector selector;
  private final SocketChannel client;
  private final @Nullable InetSocketAddress target;
  private final @Nullable SocketChannel server;
  private final Flow requests = new Flow();
  private final Flow replies = new Flow();
  private boolean connected;
  private boolean dropsReply;
  private boolean closed;

  /**
   * Takes over a connection that was accepted.
   *
   * @param target where the server is; null if the connection leads nowhere
   */
  ProxiedConnection(
      ProxyState state, Selector selector, SocketChannel client, @Nullable InetSocketAddress target)
      throws IOException {
    this.state = state;
    this.selector = selector;
    this.client = client;
    this.target = target;
    this.server = target == null ? null : SocketChannel.open();
  }

  /** Begins to connect to the server; a client whose server is not there is reset. */
  void open() {
    try {
      prepare(client);
      if (server == null || target == null) {
        requests.lose();
        replies.lose();
      } else {
        prepare(server);
        connected = server.connect(target);
      }
    } catch (IOException e) {
      reset();
    }
  }

  private void prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.register(selector, 0, this);
  }

  boolean closed() {
    return closed;
  }

  /** A channel of this connection is ready for something. */
  void ready(SelectionKey key, long nowNanos) {
    if (closed || !key.isValid()) {
      return;
    }
    try {
      if (key.isConnectable() && server != null) {
        connected = server.finishConnect();
      }
      if (key.isReadable()) {
        boolean fromClient = key.channel().equals(client);
        read((SocketChannel) key.channel(), fromClient, nowNanos);
      }
    } catch (IOException e) {
      reset();
    }
  }

  private void read(SocketChannel from, boolean fromClient, long nowNanos) throws IOException {
    Flow flow = fromClient ? requests : replies;
    boolean swallowed =
        fromClient ? state.mode().swallowsRequests() : state.mode().swallowsReplies();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 14);
    int count;
    try {
      count = from.read(bytes);
    } catch (IOException e) {
      if (!swallowed) {
        throw e;
      }
      // Where nothing passes, the other side does not learn of it either.
      flow.breakOff();
      from.close();
      return;
    }
    if (count < 0) {
      flow.addEnd(nowNanos);
    } else if (count > 0) {
      if (fromClient) {
        dropsReply |= state.takeReplyToDrop();
      } else if (dropsReply && !swallowed) {
        state.replyDropped();
        reset();
        return;
      }
      flow.add(bytes.flip(), nowNanos);
    }
  }

  /** Passes on what is due, and resets a connection that can never be whole again. */
  void step(long nowNanos) {
    if (closed) {
      return;
    }
    ProxyMode mode = state.mode();
    try {
      step(requests, server, mode.swallowsRequests(), nowNanos);
      step(replies, client, mode.swallowsReplies(), nowNanos);
      if (closed) {
        return;
      }
      if (requests.ended() && replies.ended()) {
        close();
        return;
      }
      listen(client, requests, replies, mode, nowNanos);
      if (server != null) {
        listen(server, replies, requests, mode, nowNanos);
      }
    } catch (IOException e) {
      reset();
    }
  }

  private void step(Flow flow, @Nullable SocketChannel to, boolean swallows, long nowNanos)
      throws IOException {
    if (closed) {
      return;
    }
    if (swallows) {
      flow.swallow();
    } else if (flow.lossy()) {
      reset();
    } else if (connected && to != null) {
      state.passed(flow.deliver(to, state.mode().delay().toNanos(), nowNanos));
    }
  }

  private void listen(SocketChannel channel, Flow from, Flow to, ProxyMode mode, long nowNanos) {
    SelectionKey key = channel.keyFor(selector);
    if (key == null || !key.isValid()) {
      return;
    }
    int interest = 0;
    if (channel.equals(server) && !connected) {
      interest = SelectionKey.OP_CONNECT;
    } else {
      interest |= from.wantsMore() ? SelectionKey.OP_READ : 0;
      boolean due = connected && to.dueIn(mode.delay().toNanos(), nowNanos) <= 0;
      interest |= due ? SelectionKey.OP_WRITE : 0;
    }
    key.interestOps(interest);
  }

  /** In how many nanoseconds something is due; not zero or less: then a channel is waited for. */
  long dueIn(long nowNanos) {
    long delay = state.mode().delay().toNanos();
    long first = Long.MAX_VALUE;
    for (long due : new long[] {requests.dueIn(delay, nowNanos), replies.dueIn(delay, nowNanos)}) {
      first = due > 0 ? Math.min(first, due) : first;
    }
    return first;
  }

  /** Breaks the connection off on both sides, so that both see a reset. */
  void reset() {
    resetOnClose(client);
    if (server != null) {
      resetOnClose(server);
    }
    close();
  }

  private static void resetOnClose(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Closed or broken already.
    }
  }

  private void close() {
    closed = true;
    try {
      client.close();
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      // The channel is closed even so.
    }
  }
}
