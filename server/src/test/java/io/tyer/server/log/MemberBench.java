package io.tyer.server.log;

import io.tyer.line.SessionId;
import io.tyer.server.log.ratis.Ratis;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.tyer.surroundings.SystemSurroundings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a command costs through the log, by how many are in flight, with one member and with three
 * in this JVM. Run by hand: a directory on the disk in question, and for how many seconds each.
 */
final class MemberBench {

  private static final SessionId SESSION = new SessionId(1, 1);

  private MemberBench() {}

  public static void main(String[] args) throws Exception {
    Path root = Files.createTempDirectory(Path.of(args[0]), "memberbench");
    int seconds = Integer.parseInt(args[1]);
    run(root.resolve("one"), seconds, "a");
    run(root.resolve("three"), seconds, "a", "b", "c");
    System.exit(0);
  }

  private static void run(Path root, int seconds, String... ids) throws Exception {
    List<MemberInfo> infos = new ArrayList<>();
    for (String id : ids) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        infos.add(new MemberInfo(id, "127.0.0.1:" + free.getLocalPort(), id + ":1"));
      }
    }
    List<Member> members = new ArrayList<>();
    SystemSurroundings surroundings = new SystemSurroundings(null);
    for (MemberInfo info : infos) {
      members.add(
          Member.start(
              MemberConfig.of(root.resolve(info.id()), "bench", info, infos),
              Ratis.engine(),
              surroundings));
    }
    Member leader = null;
    while (leader == null) {
      leader = members.stream().filter(m -> m.status().leading()).findAny().orElse(null);
      LockSupport.parkNanos(1_000_000);
    }
    Asked.of(leader::submit, new Command.Open(SESSION, 3_600_000, "bench")).get();
    for (int round = 0; round < 3; round++) {
      for (int inFlight : new int[] {1, 64, 512}) {
        measure(leader, inFlight, seconds, ids.length);
      }
    }
    members.forEach(Member::close);
  }

  private static void measure(Member leader, int inFlight, int seconds, int members)
      throws Exception {
    long[] took = new long[5_000_000];
    AtomicInteger count = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(inFlight);
    long applied = leader.status().applied();
    long begun = System.nanoTime();
    long end = begun + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < inFlight; i++) {
      new Client(leader, took, count, end, ended).next();
    }
    ended.await();
    double lasted = (System.nanoTime() - begun) / 1e9;
    int n = count.get();
    long[] sorted = Arrays.copyOf(took, n);
    Arrays.sort(sorted);
    System.out.printf(
        "%d members, %3d in flight: %6.0f/s, p50 %5d us, p99 %6d us, %.1f commands an entry%n",
        members,
        inFlight,
        n / lasted,
        sorted[n / 2] / 1000,
        sorted[n * 99 / 100] / 1000,
        n / (double) (leader.status().applied() - applied));
  }

  /** Asks again as soon as it is answered. */
  private static final class Client implements Answer {

    private final Member leader;
    private final long[] took;
    private final AtomicInteger count;
    private final long end;
    private final CountDownLatch ended;
    private long asked;

    Client(Member leader, long[] took, AtomicInteger count, long end, CountDownLatch ended) {
      this.leader = leader;
      this.took = took;
      this.count = count;
      this.end = end;
      this.ended = ended;
    }

    void next() {
      asked = System.nanoTime();
      leader.submit(new Command.Attach(SESSION), this);
    }

    @Override
    public void done(Outcome outcome) {
      long now = System.nanoTime();
      took[count.getAndIncrement()] = now - asked;
      if (now < end) {
        next();
      } else {
        ended.countDown();
      }
    }

    @Override
    public void failed(Replica.Failure failure, String message) {
      System.out.println(failure + ": " + message);
      ended.countDown();
    }
  }
}
