package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.log.HeapBound;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerTls;
import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Members of one group in this JVM. */
final class Trio implements AutoCloseable {

  static final String CLUSTER = "test";

  final Path root;
  final List<MemberInfo> initial = new ArrayList<>();
  final Map<String, ReplicatedLog> logs = new ConcurrentHashMap<>();
  final Map<String, Words> words = new ConcurrentHashMap<>();
  Optional<PeerTls> tls = Optional.empty();
  long snapshotEvery = MemberConfig.SNAPSHOT_EVERY;
  boolean acceptsLoss;

  Trio(Path root, String... ids) throws IOException {
    this.root = root;
    for (String id : ids) {
      initial.add(member(id));
    }
  }

  static MemberInfo member(String id) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String http = id.equals("a") ? "" : id + ".example:7001";
      return new MemberInfo(id, "127.0.0.1:" + free.getLocalPort(), id + ".example:7000", http);
    }
  }

  Trio start() throws IOException {
    for (MemberInfo member : initial) {
      start(member, initial);
    }
    return this;
  }

  ReplicatedLog start(MemberInfo self, List<MemberInfo> members) throws IOException {
    Words machine = new Words();
    ReplicatedLog log = Ratis.engine().open(config(self, members), machine);
    words.put(self.id(), machine);
    logs.put(self.id(), log);
    return log;
  }

  MemberConfig config(MemberInfo self, List<MemberInfo> members) {
    return new MemberConfig(
        root.resolve(self.id()),
        CLUSTER,
        self,
        members,
        tls,
        Duration.ofMillis(300),
        snapshotEvery,
        acceptsLoss,
        HeapBound.ofThisProcess());
  }

  ReplicatedLog log(String id) {
    return Objects.requireNonNull(logs.get(id), id);
  }

  Words wordsOf(String id) {
    return Objects.requireNonNull(words.get(id), id);
  }

  MemberInfo info(String id) {
    return initial.stream().filter(member -> member.id().equals(id)).findAny().orElseThrow();
  }

  void stop(String id) {
    ReplicatedLog log = logs.remove(id);
    if (log != null) {
      log.close();
    }
  }

  String leader() {
    String[] found = new String[1];
    await(
        "a leader",
        () -> {
          for (Map.Entry<String, ReplicatedLog> log : logs.entrySet()) {
            if (log.getValue().status().leading() && wordsOf(log.getKey()).leads()) {
              found[0] = log.getKey();
              return true;
            }
          }
          return false;
        });
    return found[0];
  }

  Object append(String word) throws Exception {
    String leader = leader();
    return append(leader, wordsOf(leader).term(), word).get(60, TimeUnit.SECONDS);
  }

  CompletableFuture<Object> append(String id, long term, String word) {
    return log(id).append(term, Words.entry(word));
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waited 60 s for %s", what).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** All at once: each takes its time. */
  @Override
  public void close() {
    logs.values().parallelStream().forEach(ReplicatedLog::close);
    logs.clear();
  }
}
