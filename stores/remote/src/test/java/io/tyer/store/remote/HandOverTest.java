package io.tyer.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is told to stop hands its lead over. */
@Timeout(120)
class HandOverTest {

  @TempDir Path directory;

  private final List<TyerServer> servers = new ArrayList<>();
  private final List<ServerConfig> configs = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(TyerServer::close);
  }

  private void start(String... ids) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    List<MemberInfo> members = new ArrayList<>();
    for (String id : ids) {
      ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      ServerSocket client = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(peer);
      held.add(client);
      members.add(
          new MemberInfo(
              id, "127.0.0.1:" + peer.getLocalPort(), "127.0.0.1:" + client.getLocalPort()));
    }
    for (ServerSocket one : held) {
      one.close();
    }
    for (MemberInfo member : members) {
      int port = Integer.parseInt(member.clientAddress().split(":", -1)[1]);
      ServerConfig config =
          ServerConfig.local(directory.resolve(member.id()), port)
              .withMembers(member.id(), members)
              .withSecurity(new ClientSecurity.Plaintext());
      configs.add(config);
      servers.add(TyerServer.start(config));
    }
  }

  private TyerServer leader() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < until) {
      for (TyerServer server : servers) {
        if (server.status().leading()) {
          return server;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("nobody leads for 30 s");
  }

  private Tyer client() {
    String hosts = servers.stream().map(TyerServer::address).collect(Collectors.joining(","));
    return Tyer.open("tyer://" + hosts + "?plaintext=true&ttl=5s");
  }

  /** An election never takes less than its time-out, so that one time is enough. */
  @Test
  void noHolderLosesALeaseAndTheNextAcquireWaitsForNoElection() throws Exception {
    start("a", "b", "c");
    AtomicInteger lost = new AtomicInteger();
    List<Duration> slowest = new ArrayList<>();
    try (Tyer client = client();
        Lease held = client.lock("held").acquire().onLost(why -> lost.incrementAndGet())) {
      for (int i = 0; i < 5 && !slowest.stream().anyMatch(HandOverTest::isNoElection); i++) {
        slowest.add(slowestWhileTheLeaderIsStopped(client));
        held.checkValid();
        restart();
      }
      assertThat(slowest)
          .as("the slowest acquire of each time")
          .anyMatch(HandOverTest::isNoElection);
      held.checkValid();
      assertThat(lost).hasValue(0);
    }
  }

  private static boolean isNoElection(Duration acquire) {
    return acquire.compareTo(MemberConfig.ELECTION_TIMEOUT) < 0;
  }

  private Duration slowestWhileTheLeaderIsStopped(Tyer client) throws Exception {
    TyerServer first = leader();
    acquire(client);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Long> worst =
        CompletableFuture.supplyAsync(
            () -> {
              long longest = 0;
              while (!enough.get()) {
                longest = Math.max(longest, acquire(client));
              }
              return longest;
            });
    servers.remove(first);
    first.close();
    long afterwards = acquire(client);
    enough.set(true);
    return Duration.ofNanos(Math.max(afterwards, worst.join()));
  }

  private static long acquire(Tyer client) {
    long asked = System.nanoTime();
    try (Lease lease = client.lock("next").acquire()) {
      lease.checkValid();
      return System.nanoTime() - asked;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts the one that was stopped. */
  private void restart() throws IOException {
    Set<String> up =
        servers.stream().map(server -> server.status().self().id()).collect(Collectors.toSet());
    for (ServerConfig config : configs) {
      if (!up.contains(config.member())) {
        servers.add(TyerServer.start(config));
      }
    }
  }
}
