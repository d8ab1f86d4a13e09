package io.tyer.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A TCP proxy between clients and a server that makes the network fail to order, at any moment and
 * for connections that exist.
 *
 * <p>TCP loses no bytes in the middle of a stream, and neither does this: a connection of which
 * bytes were swallowed is never let through again, but reset as soon as bytes would pass. One of
 * which none were swallowed goes on as if nothing had been.
 *
 * <p>What a method orders is so when it returns: all bytes that arrive later are treated like that.
 * Methods may be called by any thread. One daemon thread serves all connections.
 */
public final class FaultProxy implements AutoCloseable {

  private final InetSocketAddress target;
  private final ServerSocketChannel listening;
  private final InetSocketAddress address;
  private final Selector selector;
  private final Thread thread;
  private final Queue<FutureTask<Long>> orders = new ConcurrentLinkedQueue<>();
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private final ProxyState state = new ProxyState();
  private volatile boolean closed;

  private FaultProxy(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    this.target = target;
    this.selector = Selector.open();
    this.listening = ServerSocketChannel.open();
    listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listening.bind(listen);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
    this.address = (InetSocketAddress) listening.getLocalAddress();
    this.thread = new Thread(null, this::run, "fault-proxy-" + address.getPort(), 0, false);
    thread.setDaemon(true);
  }

  /** A proxy at a free port of the loopback address. */
  public static FaultProxy to(InetSocketAddress target) throws IOException {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), target);
  }

  /** A proxy that listens at the given address. */
  public static FaultProxy at(InetSocketAddress listen, InetSocketAddress target)
      throws IOException {
    FaultProxy proxy = new FaultProxy(listen, target);
    proxy.thread.start();
    return proxy;
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return address;
  }

  /** Changes what is done with bytes and connections; a reply that is to be dropped stays so. */
  public void mode(ProxyMode mode) {
    order(
        () -> {
          state.mode(mode);
          step(System.nanoTime());
        });
  }

  /** Resets all connections there are, both ways. */
  public void resetAll() {
    order(() -> connections.forEach(ProxiedConnection::reset));
  }

  /**
   * Has the reply to the next request swallowed and the connection reset: the server has done what
   * was asked, and the client does not learn it. The next request is what any client sends next;
   * its reply is what the server sends next on that connection.
   */
  public void dropNextReply() {
    dropNextReplyOf(List.of(this));
  }

  /**
   * The same for several proxies together, such as those of a store with several nodes: the next
   * request to any of them.
   */
  public static void dropNextReplyOf(Collection<FaultProxy> proxies) {
    AtomicBoolean order = new AtomicBoolean(true);
    proxies.forEach(proxy -> proxy.order(() -> proxy.state.dropNextReply(order)));
  }

  /** Takes back {@link #dropNextReply}, if no request has come since. */
  public void cancelDrop() {
    order(state::cancelDrop);
  }

  /** How many connections of clients are open. */
  public int openConnections() {
    return (int) ask(() -> connections.stream().filter(c -> !c.closed()).count());
  }

  /** How many bytes were passed on so far, both ways together. */
  public long bytesPassed() {
    return ask(state::bytesPassed);
  }

  /** How many replies were dropped because {@link #dropNextReply} asked for it. */
  public long repliesDropped() {
    return ask(state::repliesDropped);
  }

  /** Resets all connections and stops listening. When this returns, thread and sockets are gone. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void order(Runnable what) {
    ask(
        () -> {
          what.run();
          return 0;
        });
  }

  /** Has the proxy's thread do something, and waits for it. */
  private long ask(LongSupplier what) {
    FutureTask<Long> task = new FutureTask<>(what::getAsLong);
    orders.add(task);
    selector.wakeup();
    boolean interrupted = false;
    while (true) {
      if (!thread.isAlive()) {
        task.run(); // Nobody else is left to do it, or to be disturbed.
      }
      try {
        long answer = task.get(1, TimeUnit.SECONDS);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return answer;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (TimeoutException e) {
        // Look again whether the thread lives.
      } catch (ExecutionException e) {
        throw new IllegalStateException("the proxy at " + address + " failed", e);
      }
    }
  }

  private void run() {
    try (selector;
        listening) {
      while (!closed) {
        round();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the proxy at " + address + " failed", e);
    } finally {
      connections.forEach(ProxiedConnection::reset);
      runOrders();
    }
  }

  private void round() throws IOException {
    waitForNews();
    // First, so that whatever arrives after an order was obeyed is treated by it.
    runOrders();
    long now = System.nanoTime();
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof ProxiedConnection connection) {
        connection.ready(key, now);
      } else if (key.isValid() && key.isAcceptable()) {
        accept();
      }
    }
    selector.selectedKeys().clear();
    step(now);
  }

  private void step(long now) {
    connections.forEach(connection -> connection.step(now));
    connections.removeIf(ProxiedConnection::closed);
  }

  private void waitForNews() throws IOException {
    long now = System.nanoTime();
    long due = Long.MAX_VALUE;
    for (ProxiedConnection connection : connections) {
      due = Math.min(due, connection.dueIn(now));
    }
    if (!orders.isEmpty() || closed) {
      selector.selectNow();
    } else if (due == Long.MAX_VALUE) {
      selector.select();
    } else {
      selector.select(due / 1_000_000 + 1);
    }
  }

  private void runOrders() {
    for (FutureTask<Long> order = orders.poll(); order != null; order = orders.poll()) {
      order.run();
    }
  }

  private void accept() throws IOException {
    SocketChannel client;
    try {
      client = listening.accept();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      return; // The client has gone already.
    }
    if (client == null) {
      return;
    }
    if (state.mode().refuses()) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      client.close();
      return;
    }
    InetSocketAddress leadsTo = state.mode().swallowsRequests() ? null : target;
    ProxiedConnection connection = new ProxiedConnection(state, selector, client, leadsTo);
    connections.add(connection);
    connection.open();
  }
}
