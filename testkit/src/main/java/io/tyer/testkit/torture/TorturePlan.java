package io.tyer.testkit.torture;

import io.tyer.testkit.server.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a torture run is to do. Made by {@link #onServer} or {@link #onStore} and changed by the
 * methods that begin with {@code with}.
 *
 * @param kind the kind of store that is started for the run; null if there is one already
 * @param uri the address of the store that there is; null if one is started
 * @param time how long faults strike
 * @param seed fixes the schedule of faults and the wishes of workers
 * @param faults which may strike, as far as they can be had
 * @param workers how many workers there are, 2 at least
 * @param threads how many threads use each of a worker's clients
 * @param shortestTtl from where clients draw their TTL, 1 s at least
 * @param longestTtl up to where
 * @param fenced whether the resource checks tokens; without, it must be found out
 * @param stopAtFirst whether the histories are checked every second, and the run ends when a
 *     violation is found
 * @param output an empty or missing directory for the histories and the page
 * @param console gets lines for people
 */
public record TorturePlan(
    @Nullable ServerKind kind,
    @Nullable String uri,
    Duration time,
    long seed,
    Set<FaultKind> faults,
    int workers,
    int threads,
    Duration shortestTtl,
    Duration longestTtl,
    boolean fenced,
    boolean stopAtFirst,
    Path output,
    Consumer<String> console) {

  private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
  private static final Duration LONGEST_TTL = Duration.ofSeconds(2);
  private static final int WORKERS = 4;
  private static final int THREADS = 3;

  /** Each has ten million numbers for its clients. */
  private static final int MOST_WORKERS = 200;

  /** Refuses what makes no sense. */
  public TorturePlan {
    if ((kind == null) == (uri == null)) {
      throw new IllegalArgumentException("either a kind of store is started, or there is one");
    }
    if (time.compareTo(Duration.ofSeconds(3)) < 0) {
      throw new IllegalArgumentException("a run takes at least 3 s, not " + time);
    }
    if (workers < 2) {
      throw new IllegalArgumentException("at least 2 workers can meet, not " + workers);
    }
    if (workers > MOST_WORKERS) {
      throw new IllegalArgumentException("at most " + MOST_WORKERS + " workers, not " + workers);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("a client is used by at least 1 thread, not " + threads);
    }
    TtlRange unused = new TtlRange(shortestTtl.toMillis(), longestTtl.toMillis());
    FaultKind.check(faults, kind);
    faults = faults.isEmpty() ? EnumSet.noneOf(FaultKind.class) : EnumSet.copyOf(faults);
  }

  /** On a store of this kind that is started for the run; all faults for a minute. */
  public static TorturePlan onServer(ServerKind kind, long seed, Path output) {
    return defaults(kind, null, seed, output);
  }

  /** On a store that there is already; all faults for a minute. */
  public static TorturePlan onStore(String uri, long seed, Path output) {
    return defaults(null, uri, seed, output);
  }

  private static TorturePlan defaults(
      @Nullable ServerKind kind, @Nullable String uri, long seed, Path output) {
    return new TorturePlan(
        kind,
        uri,
        Duration.ofMinutes(1),
        seed,
        FaultKind.all(kind),
        WORKERS,
        THREADS,
        SHORTEST_TTL,
        LONGEST_TTL,
        true,
        false,
        output,
        line -> {});
  }

  /** Faults strike for that long. */
  public TorturePlan withTime(Duration changed) {
    return new TorturePlan(
        kind,
        uri,
        changed,
        seed,
        faults,
        workers,
        threads,
        shortestTtl,
        longestTtl,
        fenced,
        stopAtFirst,
        output,
        console);
  }

  /** Only these faults. */
  public TorturePlan withFaults(Set<FaultKind> changed) {
    return new TorturePlan(
        kind,
        uri,
        time,
        seed,
        changed,
        workers,
        threads,
        shortestTtl,
        longestTtl,
        fenced,
        stopAtFirst,
        output,
        console);
  }

  /** That many workers, and threads for each of their clients. */
  public TorturePlan withWorkers(int changed, int changedThreads) {
    return new TorturePlan(
        kind,
        uri,
        time,
        seed,
        faults,
        changed,
        changedThreads,
        shortestTtl,
        longestTtl,
        fenced,
        stopAtFirst,
        output,
        console);
  }

  /** Clients draw their TTL from this range. */
  public TorturePlan withTtl(Duration shortest, Duration longest) {
    return new TorturePlan(
        kind,
        uri,
        time,
        seed,
        faults,
        workers,
        threads,
        shortest,
        longest,
        fenced,
        stopAtFirst,
        output,
        console);
  }

  /** The resource accepts every token, and must be found out. */
  public TorturePlan withoutFence() {
    return new TorturePlan(
        kind,
        uri,
        time,
        seed,
        faults,
        workers,
        threads,
        shortestTtl,
        longestTtl,
        false,
        stopAtFirst,
        output,
        console);
  }

  /** Checked every second, and over at the first violation. */
  public TorturePlan stoppingAtFirst() {
    return new TorturePlan(
        kind,
        uri,
        time,
        seed,
        faults,
        workers,
        threads,
        shortestTtl,
        longestTtl,
        fenced,
        true,
        output,
        console);
  }

  /** Lines for people go there. */
  public TorturePlan withConsole(Consumer<String> changed) {
    return new TorturePlan(
        kind,
        uri,
        time,
        seed,
        faults,
        workers,
        threads,
        shortestTtl,
        longestTtl,
        fenced,
        stopAtFirst,
        output,
        changed);
  }

  TtlRange ttl() {
    return new TtlRange(shortestTtl.toMillis(), longestTtl.toMillis());
  }

  /** What is tortured, for people. */
  String subject() {
    return kind != null ? "a store of kind " + kind.name() : String.valueOf(uri);
  }

  /** Whether only the processes of this JVM can see the store. */
  boolean inThisProcess() {
    return uri != null && uri.startsWith("memory:");
  }
}
