package io.tyer.store.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.spi.Cancellable;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper.States;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One session of ZooKeeper's, and the connection that it has at the moment. While there is none,
 * what is to be sent waits for the next one, for a part of the operation time-out: what was not
 * sent is known to have had no effect.
 *
 * <p>Each connection has a client of its own, which takes the session over: ZooKeeper's would pause
 * for up to two seconds before it connects again, would wait for a silent member for most of the
 * session's time-out, and would not tell when it has asked for the session again. It has no watches
 * of the former one.
 */
final class Link {

  /** What the owner of a session is told, one at a time. */
  interface Events {

    /** There is a connection again, after another one broke; there are no watches any more. */
    void reconnected();

    /** The session is over, for good. */
    void over(StoreException why);
  }

  /**
   * The connection of the moment, for a request.
   *
   * @param client to send it by
   * @param written for a request that changes something
   */
  record Live(Client client, Written written) {}

  /** A request that changes something, just before it is sent. */
  final class Written {
    private final long on;
    private final Moment sent = Moment.now(settings.surroundings());

    private Written(long on) {
      this.on = on;
    }

    /** Whether the connection of then is still that of the moment. */
    boolean isCurrent() {
      return connection == on;
    }

    /** It was done. Called by the thread that brings answers. */
    void answered() {
      // Whatever its connection has answered is told before its end.
      if (isCurrent()) {
        proofs.answered(on, sent, settings.surroundings().nanoTime());
      }
    }
  }

  /** What waits for a connection. */
  private record Held(
      Consumer<Live> request, Consumer<StoreException> failed, AtomicBoolean taken) {}

  /** A client, and when it was made. */
  private final class Attempt {
    private final Moment made = Moment.now(settings.surroundings());
    private @Nullable Client client;

    void happened(WatchedEvent event) {
      if (event.getType() == EventType.None) {
        Link.this.happened(this, event);
      } // watches have watchers of their own
    }
  }

  /** Members are asked only if a connection does not come at once. */
  private static final Duration ASKED_AFTER = Duration.ofMillis(20);

  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(1);

  private final ZooKeeperAddress address;
  private final Settings settings;
  private final int timeoutMillis;
  private final Failures failures;
  private final Events events;
  private final ZKClientConfig config;
  private final Hosts hosts;
  private final Proofs proofs;
  private final ReentrantLock lock = new ReentrantLock();

  /** Counted from 1; 0 while there is none. */
  private volatile long connection;

  // Guarded by the lock.
  private @Nullable Attempt attempt;
  private final List<Held> held = new ArrayList<>();
  private long connections;
  private Duration pause = FIRST_PAUSE;
  private boolean asking;
  private boolean closing;
  private boolean untold;
  private @Nullable StoreException over;
  private String said = "no connection came about in time";

  private Link(ZooKeeperAddress address, Settings settings, int timeoutMillis, Events events) {
    this.address = address;
    this.settings = settings;
    this.timeoutMillis = timeoutMillis;
    this.failures = new Failures(address);
    this.events = events;
    this.config = ClientConfig.of(address);
    this.hosts = new Hosts(address.servers(), settings.surroundings());
    this.proofs = new Proofs(address.tick(), Moment.now(settings.surroundings()));
  }

  /**
   * Begins to connect.
   *
   * @param timeoutMillis what is asked for as the session's
   * @throws StoreException if there cannot be a client
   */
  @SuppressWarnings("UnusedException") // What it was stands in the message.
  static Link to(ZooKeeperAddress address, Settings settings, int timeoutMillis, Events events)
      throws StoreException {
    Link link = new Link(address, settings, timeoutMillis, events);
    link.lock.lock();
    try {
      link.attempt(null);
    } catch (IOException | IllegalArgumentException e) {
      throw link.failures.refused("its client cannot be made: " + e.getMessage());
    } finally {
      link.lock.unlock();
    }
    return link;
  }

  /** Under the lock, for which events wait until the client is known. */
  private void attempt(@Nullable Client former) throws IOException {
    Attempt next = new Attempt();
    String servers = address.connectString();
    Client client =
        former == null || !former.hasSession()
            ? new Client(servers, timeoutMillis, next::happened, hosts, config)
            : new Client(servers, timeoutMillis, next::happened, former, hosts, config);
    next.client = client;
    attempt = next;
    String user = address.user();
    if (user != null) {
      client.addAuthInfo("digest", (user + ":" + address.password()).getBytes(UTF_8));
    }
    Duration patience = settings.connectTimeout();
    Cancellable unused =
        settings.surroundings().schedule(patience.toNanos(), () -> again(next, true));
  }

  Failures failures() {
    return failures;
  }

  Proofs proofs() {
    return proofs;
  }

  /** What a result of a request means. */
  StoreException failure(int result, @Nullable String path, boolean changes) {
    boolean ended = isOver();
    // A client that was replaced calls what it has not sent expired.
    boolean lost = result == Code.SESSIONEXPIRED.intValue() && !ended;
    return failures.of(lost ? Code.CONNECTIONLOSS.intValue() : result, path, changes);
  }

  /** What the server gives as the session's time-out, once there was a connection. */
  Duration timeout() {
    Client known = client();
    return Duration.ofMillis(known == null ? 0 : known.getSessionTimeout());
  }

  private @Nullable Client client() {
    lock.lock();
    try {
      return attempt == null ? null : attempt.client;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is of use no more. */
  boolean isOver() {
    lock.lock();
    try {
      return over != null || closing;
    } finally {
      lock.unlock();
    }
  }

  // ---- requests

  /** Sends something now, or as soon as there is a connection; for most of an operation's time. */
  void send(Consumer<StoreException> failed, Consumer<Live> request) {
    send(settings.operationTimeout().multipliedBy(9).dividedBy(10), failed, request);
  }

  /**
   * The same.
   *
   * @param patience for how long it waits for a connection
   */
  void send(Duration patience, Consumer<StoreException> failed, Consumer<Live> request) {
    StoreException why;
    Live live = null;
    lock.lock();
    try {
      why = over;
      Client known = attempt == null ? null : attempt.client;
      if (why == null && known != null) {
        if (connection != 0 && known.getState().isConnected()) {
          live = new Live(known, new Written(connection));
        } else {
          hold(patience, new Held(request, failed, new AtomicBoolean()));
        }
      }
    } finally {
      lock.unlock();
    }
    if (why != null) {
      failed.accept(why);
    } else if (live != null) {
      request.accept(live);
    }
  }

  /** Under the lock. */
  private void hold(Duration patience, Held one) {
    held.add(one);
    Cancellable unused =
        settings.surroundings().schedule(patience.toNanos(), () -> giveUp(List.of(one), null));
    askLater(ASKED_AFTER);
  }

  private void giveUp(List<Held> ones, @Nullable StoreException why) {
    StoreException failure;
    lock.lock();
    try {
      held.removeAll(ones);
      failure = why == null ? failures.unreachable(said) : why;
    } finally {
      lock.unlock();
    }
    for (Held one : ones) {
      if (one.taken.compareAndSet(false, true)) {
        one.failed.accept(failure);
      }
    }
  }

  private List<Held> takeHeld() {
    lock.lock();
    try {
      List<Held> taken = List.copyOf(held);
      held.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  // ---- why there is no connection

  /** Under the lock. */
  private void askLater(Duration later) {
    if (!asking) {
      asking = true;
      Cancellable unused =
          settings.surroundings().schedule(later.toNanos(), () -> onAThread(this::askMembers));
    }
  }

  private void askMembers() {
    lock.lock();
    try {
      if (held.isEmpty() || closing) {
        asking = false;
        return;
      }
    } finally {
      lock.unlock();
    }
    Map<HostPort, Members.Said> answers =
        new Members(address, config).ask(settings.operationTimeout().dividedBy(8));
    boolean absent = Members.areAbsent(answers);
    List<Held> inVain = List.of();
    lock.lock();
    try {
      said = Members.words(answers);
      asking = false;
      if (absent) {
        // Whoever comes later has the members asked again soon.
        inVain = takeHeld();
      } else if (!held.isEmpty() && !closing) {
        askLater(ASKED_AGAIN_AFTER);
      }
    } finally {
      lock.unlock();
    }
    giveUp(inVain, null);
  }

  private void onAThread(Runnable task) {
    try {
      settings.surroundings().io().execute(task);
    } catch (RejectedExecutionException e) {
      // Whoever closes everything waits for nothing of this.
      task.run();
    }
  }

  // ---- connections

  private void happened(Attempt by, WatchedEvent event) {
    switch (event.getState()) {
      case SyncConnected -> connected(by);
      case Disconnected -> disconnected(by);
      case Expired -> over(by, failures.ended("it has ended the session"));
      case AuthFailed -> {
        Client known = by.client;
        if (known != null && known.getState() == States.AUTH_FAILED) {
          over(by, failures.of(Code.AUTHFAILED.intValue(), null, false));
        }
      }
      default -> {}
    }
  }

  private void connected(Attempt by) {
    boolean again;
    lock.lock();
    try {
      if (by != attempt || closing) {
        return;
      }
      connections++;
      again = connections > 1;
      connection = connections;
      pause = FIRST_PAUSE;
      // Whichever member was asked has asked the leader, after this client was made.
      proofs.asked(by.made);
    } finally {
      lock.unlock();
    }
    if (again && !isUntold()) {
      events.reconnected();
    }
    for (Held one : takeHeld()) {
      if (one.taken.compareAndSet(false, true)) {
        send(one.failed, one.request);
      }
    }
  }

  private boolean isUntold() {
    lock.lock();
    try {
      return untold;
    } finally {
      lock.unlock();
    }
  }

  private void disconnected(Attempt by) {
    Duration later;
    lock.lock();
    try {
      if (by != attempt || closing) {
        return;
      }
      connection = 0;
      later = pause;
      pause = min(pause.multipliedBy(2), LAST_PAUSE);
    } finally {
      lock.unlock();
    }
    Cancellable unused = settings.surroundings().schedule(later.toNanos(), () -> again(by, true));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** A request that was sent on this connection has not been answered in good time. */
  void doubt(long silent) {
    Attempt by;
    lock.lock();
    try {
      if (connection != silent || silent == 0) {
        return;
      }
      connection = 0;
      by = attempt;
    } finally {
      lock.unlock();
    }
    if (by != null) {
      again(by, false);
    }
  }

  /** The connection of the moment; 0 if there is none. */
  long connection() {
    return connection;
  }

  /**
   * Another client takes the session over from this one.
   *
   * @param unlessConnected whether it may stay if it is connected meanwhile
   */
  private void again(Attempt by, boolean unlessConnected) {
    onAThread(
        () -> {
          Client former;
          lock.lock();
          try {
            former = by.client;
            if (by != attempt
                || closing
                || over != null
                || former == null
                || (unlessConnected && connection != 0)) {
              return;
            }
            connection = 0;
            attempt(former);
          } catch (IOException e) {
            // It goes on by itself.
            said = String.valueOf(e.getMessage());
            return;
          } finally {
            lock.unlock();
          }
          former.disconnect();
        });
  }

  private void over(Attempt by, StoreException why) {
    boolean told;
    lock.lock();
    try {
      if (by != attempt) {
        return;
      }
      told = !closing && !untold && over == null;
      over = over == null ? why : over;
      connection = 0;
    } finally {
      lock.unlock();
    }
    giveUp(takeHeld(), why);
    if (told) {
      events.over(why);
    }
  }

  // ---- the end

  /**
   * Ends the session in the server, if that can be reached; nothing is told of it any more.
   *
   * @param before what is sent right before that, on the same connection
   */
  void end(Consumer<Client> before, Reply<Boolean> reply) {
    StoreException already;
    lock.lock();
    try {
      already = over;
      untold = true;
    } finally {
      lock.unlock();
    }
    if (already != null) {
      abandon();
      reply.done(false);
      return;
    }
    send(
        failure -> {
          abandon();
          if (failure.kind() == StoreException.Kind.SESSION_DEAD) {
            reply.done(false);
          } else {
            reply.failed(failure);
          }
        },
        live -> {
          closed(failures.ended("this client has ended the session"));
          before.accept(live.client());
          end(live.client(), reply);
        });
  }

  private void end(Client known, Reply<Boolean> reply) {
    AtomicBoolean answered = new AtomicBoolean();
    Cancellable timeout =
        settings
            .surroundings()
            .schedule(
                settings.operationTimeout().toNanos(),
                () -> {
                  if (answered.compareAndSet(false, true)) {
                    leave();
                    reply.failed(failures.unknown("whether the session ended is not known"));
                  }
                });
    known.endSession(
        (result, path, context) -> {
          if (answered.compareAndSet(false, true)) {
            timeout.cancel();
            leave();
            if (result == Code.OK.intValue()) {
              reply.done(true);
            } else if (result == Code.SESSIONEXPIRED.intValue()) {
              reply.done(false);
            } else {
              reply.failed(failures.of(result, path, true));
            }
          }
        });
  }

  /** Ends connection and threads; the session is left to die. */
  void abandon() {
    closed(failures.unreachable("the store is closed"));
    leave();
  }

  private void closed(StoreException why) {
    lock.lock();
    try {
      closing = true;
      over = over == null ? why : over;
    } finally {
      lock.unlock();
    }
    giveUp(takeHeld(), why);
  }

  private void leave() {
    Client known;
    lock.lock();
    try {
      known = attempt == null ? null : attempt.client;
      attempt = null;
    } finally {
      lock.unlock();
    }
    if (known != null) {
      onAThread(known::disconnect);
    }
  }
}
