package io.tyer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.log.Member;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.ratis.Ratis;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Submission;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.tyer.surroundings.SystemSurroundings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a member takes to start after many commands, and how large its log is by then: names are
 * locked and stay so, and the rest of the commands take and give back one lock. Started by a JVM of
 * its own, whose start counts, too. Its name keeps it out of builds; run it by {@code
 * -Dtest=StartBench}, with {@code -Dtyer.commands} and {@code -Dtyer.names} where others are
 * wanted.
 */
class StartBench {

  private static final MemberInfo ALONE = new MemberInfo("a", "", "a:1");
  private static final int TICKETS = 10_000;
  private static final int IN_FLIGHT = 512;

  @TempDir Path directory;

  @Test
  void startsAfterManyCommands() throws Exception {
    int commands = Integer.getInteger("tyer.commands", 1_000_000);
    int names = Integer.getInteger("tyer.names", 150_000);
    Path data = directory.resolve("data");
    fill(data, commands, names);
    System.out.printf(
        "%d commands, %d names held: %.1f MB of log and snapshots%n",
        commands, names, bytes(data) / 1e6);
    for (int i = 0; i < 3; i++) {
      Process started =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StartBench.class.getName(),
                  data.toString())
              .redirectErrorStream(true)
              .start();
      System.out.print(new String(started.getInputStream().readAllBytes(), UTF_8));
    }
  }

  /** Starts a member in a directory, and ends. */
  public static void main(String[] args) throws Exception {
    long jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
    SystemSurroundings surroundings = new SystemSurroundings(null);
    long began = System.nanoTime();
    Member member = start(Path.of(args[0]), surroundings);
    lead(member);
    System.out.printf(
        "leads after %d ms, %d ms after the JVM was started, by %d ms of CPU; %d tickets; load"
            + " %.1f%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
        surroundings.wallMillis() - jvm,
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis(),
        member.status().tickets(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    member.close();
    System.exit(0);
  }

  private static Member start(Path data, SystemSurroundings surroundings) throws IOException {
    MemberConfig config = MemberConfig.of(data, "bench", ALONE, List.of(ALONE));
    return Member.start(config, Ratis.engine(), surroundings);
  }

  private static void lead(Member member) {
    while (!member.status().leading()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void fill(Path data, int commands, int names) throws Exception {
    SystemSurroundings surroundings = new SystemSurroundings(null);
    try (Member member = start(data, surroundings)) {
      lead(member);
      Asking asking = new Asking(member);
      SessionId session = new SessionId(1, 0);
      long sequence = 0;
      for (int i = 0; i < commands; i++) {
        boolean held = i < names;
        if (i % TICKETS == 0 && (held || i - TICKETS < names)) {
          session = new SessionId(1, i);
          asking.ask(new Command.Open(session, TimeUnit.DAYS.toMillis(1), "bench"));
          asking.all();
          sequence = 0;
        }
        sequence++;
        // What is answered is settled: so many may be under way.
        Command.Place place = new Command.Place(sequence, Math.max(0, sequence - IN_FLIGHT));
        RequestId request = new RequestId(2, held ? i : 0);
        LockName name = LockName.of(held ? "orders/customer/" + i : "free");
        asking.ask(
            held || i % 2 == 0
                ? new Command.Enter(
                    place, name, Ask.exclusive(session, request, "bench", false), false)
                : new Command.Leave(session, place, name, request, 0));
      }
      asking.all();
    } finally {
      surroundings.close();
    }
  }

  private static long bytes(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** So many at once. */
  private static final class Asking implements Answer {
    private final Member member;
    private final Semaphore free = new Semaphore(IN_FLIGHT);

    Asking(Member member) {
      this.member = member;
    }

    void ask(Command command) {
      free.acquireUninterruptibly();
      member.submit(List.of(new Submission(command, this)));
    }

    void all() {
      free.acquireUninterruptibly(IN_FLIGHT);
      free.release(IN_FLIGHT);
    }

    @Override
    public void done(Outcome outcome) {
      free.release();
    }

    @Override
    public void failed(Replica.Failure failure, String message) {
      free.release();
    }
  }
}
