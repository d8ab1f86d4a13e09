package io.tyer.server;

import io.netty.handler.ssl.SslContext;
import io.tyer.server.door.Bound;
import io.tyer.server.door.Door;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.OperatorToken;
import io.tyer.server.http.HttpFront;
import io.tyer.server.http.HttpLimits;
import io.tyer.server.http.HttpPlace;
import io.tyer.server.http.HttpTls;
import io.tyer.server.metrics.Readings;
import io.tyer.server.metrics.ServerMetrics;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaStatus;
import io.tyer.server.tls.DevCertificate;
import io.tyer.server.tls.DoorTls;
import io.tyer.server.tls.LiveTls;
import io.tyer.server.tls.TlsFiles;
import io.tyer.surroundings.SystemSurroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running lock server: one member of a group, and its door for clients. */
public final class TyerServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TyerServer.class);
  private static final long RELOAD_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long HAND_OVER_MILLIS = 2_500;

  private final SystemSurroundings surroundings;
  private final Door door;
  private final Optional<HttpFront> http;
  private final ReplicaStarter.Running member;
  private final ServerMetrics metrics;
  private final MemberInfo self;
  private final Optional<Path> developmentCertificate;

  /** Read files again. */
  private final List<Runnable> reloads;

  private volatile boolean closed;

  private TyerServer(
      SystemSurroundings surroundings,
      Door door,
      Optional<HttpFront> http,
      ReplicaStarter.Running member,
      ServerMetrics metrics,
      MemberInfo self,
      Optional<Path> developmentCertificate,
      List<Runnable> reloads) {
    this.surroundings = surroundings;
    this.door = door;
    this.http = http;
    this.member = member;
    this.metrics = metrics;
    this.self = self;
    this.developmentCertificate = developmentCertificate;
    this.reloads = reloads;
  }

  /**
   * Starts a server. It takes clients at once, and serves them as soon as its group has a leader.
   *
   * @throws IOException if its directory, an address or a certificate cannot be used; the message
   *     says what to do
   */
  public static TyerServer start(ServerConfig config) throws IOException {
    return start(config, new MemberStarter());
  }

  static TyerServer start(ServerConfig config, ReplicaStarter starter) throws IOException {
    SystemSurroundings surroundings = new SystemSurroundings(null);
    ServerMetrics metrics = new ServerMetrics();
    try {
      return start(config, starter, surroundings, metrics);
    } catch (IOException | RuntimeException | Error e) {
      metrics.close();
      surroundings.close();
      throw e;
    }
  }

  private static TyerServer start(
      ServerConfig config,
      ReplicaStarter starter,
      SystemSurroundings surroundings,
      ServerMetrics metrics)
      throws IOException {
    Optional<TlsFiles> files = clientTls(config, surroundings.wallMillis());
    Optional<LiveTls> clientTls = load(files);
    Optional<LiveTls> peerTls = load(peerTls(config));
    Optional<SslContext> context = Optional.empty();
    if (clientTls.isPresent()) {
      context = Optional.of(DoorTls.of(clientTls.get()));
    }
    Optional<OperatorToken> operator = operatorToken(config);
    Guard guard =
        operator
            .map(token -> Guard.demanding(token, surroundings::wallMillis))
            .orElseGet(Guard::none);
    Door door = Door.open(config.listen(), context, config.limits(), guard);
    Optional<HttpFront> http = Optional.empty();
    try {
      if (config.http().isPresent()) {
        http =
            Optional.of(
                HttpFront.open(
                    new HttpPlace(
                        config.http().get(),
                        config.httpNames(),
                        clientTls.map(tls -> new HttpTls(tls.keys(), tls.trust()))),
                    HttpLimits.DEFAULT,
                    guard,
                    surroundings,
                    Optional.of(metrics::scrape)));
      }
      OptionalInt httpPort =
          http.isPresent() ? OptionalInt.of(http.get().port()) : OptionalInt.empty();
      MemberInfo self = config.self(door.port(), httpPort);
      ReplicaStarter.Running member = starter.start(config, self, peerTls, surroundings, metrics);
      checkFound(config, member.replica());
      Optional<HttpFront> front = http;
      boolean dev = config.security() instanceof ClientSecurity.Dev;
      TyerServer server =
          new TyerServer(
              surroundings,
              door,
              http,
              member,
              metrics,
              self,
              dev ? files.map(TlsFiles::certificate) : Optional.empty(),
              Stream.of(
                      clientTls.<Runnable>map(tls -> tls::reload),
                      peerTls.<Runnable>map(tls -> tls::reload),
                      operator.<Runnable>map(token -> () -> reload(token, door, front)))
                  .flatMap(Optional::stream)
                  .toList());
      metrics.read(() -> readings(door, member.replica()));
      for (Bound bound : Bound.values()) {
        metrics.readRefusals(bound.name().toLowerCase(Locale.ROOT), () -> door.refused(bound));
      }
      door.serve(member.replica());
      front.ifPresent(each -> each.serve(member.replica()));
      server.reloadLater();
      return server;
    } catch (IOException | RuntimeException | Error e) {
      http.ifPresent(HttpFront::close);
      door.close();
      throw e;
    }
  }

  /** A member that others know would never hear of them where it happens to listen. */
  private static void checkFound(ServerConfig config, Replica member) throws IOException {
    List<MemberInfo> members = member.status().members();
    if (config.isToBeFound() || members.size() < 2) {
      return;
    }
    Optional<String> known =
        members.stream()
            .filter(one -> one.id().equals(config.member()))
            .map(MemberInfo::peerAddress)
            .findAny();
    if (known.isPresent()) {
      member.close();
      throw new IOException(
          "By the log of this member others look for it at "
              + known.get()
              + ", and it was not told to listen there. If they still do, start it with that"
              + " address (tyer server --peer "
              + known.get()
              + "); if it was removed, with --join and an empty directory, and add it");
    }
  }

  /** Where clients come in. */
  public int port() {
    return door.port();
  }

  /** Where clients come in that speak plain HTTP; empty if they do not. */
  public OptionalInt httpPort() {
    return http.isPresent() ? OptionalInt.of(http.get().port()) : OptionalInt.empty();
  }

  /** host:port by which clients reach this member. */
  public String address() {
    return self.clientAddress();
  }

  /**
   * The file that clients of this user trust, if the server was started with {@link
   * ClientSecurity.Dev}.
   */
  public Optional<Path> developmentCertificate() {
    return developmentCertificate;
  }

  /** How this member sees its group. */
  public ReplicaStatus status() {
    return member.replica().status();
  }

  /**
   * About how many bytes of heap sessions, tickets and access tokens may take before this member,
   * while it leads, refuses what would be more; it follows from the size of its heap.
   */
  public long mostHeapBytes() {
    return member.replica().load().mostHeapBytes();
  }

  /**
   * What this member has done and how much there is at it, as Prometheus reads it: text in its
   * format 0.0.4. It names no lock, owner or token. For any thread, until the server is closed.
   */
  public String metrics() {
    return metrics.scrape();
  }

  private static Readings readings(Door door, Replica replica) {
    return new Readings(
        replica.status(), replica.load(), door.connections(), door.streams(), door.unaryCalls());
  }

  /**
   * Completes when this member has stopped: normally after {@link #close()}, else with why it could
   * not go on, such as a disk that is full. It serves nobody then, and is to be closed.
   */
  public CompletableFuture<Void> stopped() {
    return member.stopped().copy();
  }

  /**
   * Hands the lead over, if this member leads and another one is up, so that nobody waits for an
   * election; ends clients' streams, which then look for another member; and stops. Sessions go on
   * for their TTL. Takes some seconds at most; where the log's engine hangs, 10 s more, and the
   * directory stays in use until this process ends.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    handOver();
    http.ifPresent(HttpFront::close);
    door.close();
    member.replica().close();
    metrics.close();
    surroundings.close();
  }

  /** Where nobody takes the lead in time, the others elect somebody once this one is gone. */
  private void handOver() {
    try {
      Void unused = member.replica().handOver().get(HAND_OVER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The lead was not handed over: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever has come in by a token that counts no more comes in anew. */
  private static void reload(OperatorToken operator, Door door, Optional<HttpFront> http) {
    if (operator.reload()) {
      door.sendOperatorsAway();
      http.ifPresent(HttpFront::sendOperatorsAway);
    }
  }

  private void reloadLater() {
    surroundings.schedule(RELOAD_NANOS, () -> surroundings.io().execute(this::reload));
  }

  private void reload() {
    if (!closed) {
      reloads.forEach(Runnable::run);
      reloadLater();
    }
  }

  private static Optional<TlsFiles> clientTls(ServerConfig config, long nowMillis)
      throws IOException {
    if (config.security() instanceof ClientSecurity.Tls tls) {
      return Optional.of(tls.files());
    }
    if (!(config.security() instanceof ClientSecurity.Dev)) {
      return Optional.empty();
    }
    Path directory = config.directory().resolve("tls");
    PrivateDirectory.make(config.directory());
    PrivateDirectory.own(directory);
    return Optional.of(DevCertificate.in(directory, nowMillis));
  }

  private static Optional<OperatorToken> operatorToken(ServerConfig config) throws IOException {
    return config.operatorToken().isPresent()
        ? Optional.of(OperatorToken.in(config.operatorToken().get()))
        : Optional.empty();
  }

  private static Optional<LiveTls> load(Optional<TlsFiles> files) throws IOException {
    return files.isPresent() ? Optional.of(LiveTls.load(files.get())) : Optional.empty();
  }

  private static Optional<TlsFiles> peerTls(ServerConfig config) {
    return config.peers() instanceof PeerSecurity.Tls tls
        ? Optional.of(tls.files())
        : Optional.empty();
  }
}
