package io.tyer.testkit.torture;

import io.tyer.testkit.server.ServerKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the nemesis can do. */
public enum FaultKind {
  /** A worker process is stopped for longer than its TTL. */
  PAUSE("a worker process is stopped for longer than its TTL (SIGSTOP), and goes on"),
  /** A worker process is stopped for less than its TTL. */
  SHORT_PAUSE("a worker process is stopped for a moment"),
  /** A worker process is killed, and another one comes. */
  KILL("a worker process is killed (SIGKILL), and another one comes"),
  /** Nothing passes between a worker and the store. */
  BLACK_HOLE("nothing passes between a worker and the store; connections stay open"),
  /** Everything between a worker and the store takes long. */
  DELAY("all that passes between a worker and the store takes long"),
  /** The connections of a worker are reset. */
  RESET("all connections of a worker are reset"),
  /** The store's replies to a worker are lost after it has done what was asked. */
  LOST_REPLY("the store does what a worker asks, and its replies are lost"),
  /** A worker's network is cut, both ways or one way. */
  PARTITION("a worker's host is cut off from the store, both ways or one way"),
  /** The server is killed and started again. */
  SERVER_KILL("the server is killed (SIGKILL) and started again with its data"),
  /** The server is stopped for a while. */
  SERVER_PAUSE("the server is stopped for a while (SIGSTOP)"),
  /** The member that leads is cut off, from the others or from clients. */
  SERVER_PARTITION(
      "the member that leads is cut off from the others, with all clients in reach or half of them"
          + " on its side, or one way, or from clients"),
  /** The members are restarted one after the other. */
  SERVER_RESTART("the members are ended (SIGTERM) and started again, one after the other"),
  /** All members are killed and started again. */
  SERVER_KILL_ALL("all members are killed at once (SIGKILL) and started again with their data"),
  /** The store's disk is full, or that of the member that leads. */
  DISK_FULL("the file system that holds the store is full"),
  /** The store's disk is read-only. */
  READ_ONLY("the file system that holds the store is read-only"),
  /** A worker's wall clock is set forward or back. */
  CLOCK("a worker's wall clock is set forward or back, by up to an hour"),
  /** The server's wall clock is set; if it trusts its clock, only tokens are checked then. */
  SERVER_CLOCK(
      "the server's wall clock is set; of a server that trusts it, a run of its own that checks"
          + " promise S2 alone");

  private static final String ALL = "all";
  private static final String NONE = "none";

  private final String explanation;

  FaultKind(String explanation) {
    this.explanation = explanation;
  }

  /** What it is called on command lines and in reports, such as {@code short-pause}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it does, in one line. */
  public String explanation() {
    return explanation;
  }

  /** All that may strike in one run, of a store that is there or whose servers trust clocks. */
  public static Set<FaultKind> all() {
    return EnumSet.complementOf(EnumSet.of(SERVER_CLOCK));
  }

  /** All that may strike in one run of a store of this kind; null for a store that is there. */
  public static Set<FaultKind> all(@Nullable ServerKind kind) {
    return goesWithOthers(kind) ? EnumSet.allOf(FaultKind.class) : all();
  }

  /** Whether the server's clock may be set beside other faults, and every promise checked. */
  private static boolean goesWithOthers(@Nullable ServerKind kind) {
    return kind != null && kind.needsNoClock();
  }

  /**
   * Refuses what cannot strike in one run of a store of this kind.
   *
   * @throws IllegalArgumentException if the clock of a server that trusts it is to be set beside
   *     other faults
   */
  static void check(Set<FaultKind> chosen, @Nullable ServerKind kind) {
    if (chosen.contains(SERVER_CLOCK) && chosen.size() > 1 && !goesWithOthers(kind)) {
      throw new IllegalArgumentException(
          SERVER_CLOCK.label() + " is a run of its own: leave out the other faults");
    }
  }

  /**
   * Reads labels separated by commas, {@code all} or {@code none}.
   *
   * @param kind of the store they are for; null for a store that is there
   * @throws IllegalArgumentException if one is unknown, naming those that are known; or if the
   *     server's clock is to be set beside other faults, and it trusts it
   */
  public static Set<FaultKind> parse(String list, @Nullable ServerKind kind) {
    if (list.equals(ALL)) {
      return all(kind);
    }
    Set<FaultKind> chosen = EnumSet.noneOf(FaultKind.class);
    if (list.equals(NONE)) {
      return chosen;
    }
    for (String label : List.of(list.split(",", -1))) {
      chosen.add(named(label.strip()));
    }
    check(chosen, kind);
    return chosen;
  }

  /** How often a server was killed, or all its members, of what has struck. */
  static int kills(Map<FaultKind, Integer> struck) {
    return struck.getOrDefault(SERVER_KILL, 0) + struck.getOrDefault(SERVER_KILL_ALL, 0);
  }

  private static FaultKind named(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no fault "
                        + label
                        + "; there are "
                        + Arrays.stream(values())
                            .map(FaultKind::label)
                            .collect(Collectors.toCollection(TreeSet::new))
                        + ", "
                        + ALL
                        + " and "
                        + NONE));
  }
}
