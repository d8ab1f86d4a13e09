package io.tyer.testkit.torture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
  /** The store's disk is full. */
  DISK_FULL("the file system that holds the store is full"),
  /** The store's disk is read-only. */
  READ_ONLY("the file system that holds the store is read-only"),
  /** A worker's wall clock is set forward or back. */
  CLOCK("a worker's wall clock is set forward or back, by up to an hour"),
  /** The server's wall clock is set; only tokens and the resource are checked then. */
  SERVER_CLOCK("the server's wall clock is set; a run of its own that checks promise S2 alone");

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

  /** All that may strike in one run. */
  public static Set<FaultKind> all() {
    return EnumSet.complementOf(EnumSet.of(SERVER_CLOCK));
  }

  /**
   * Reads labels separated by commas, {@code all} or {@code none}.
   *
   * @throws IllegalArgumentException if one is unknown, naming those that are known; or if the
   *     server's clock is to be set beside other faults
   */
  public static Set<FaultKind> parse(String list) {
    if (list.equals(ALL)) {
      return all();
    }
    Set<FaultKind> chosen = EnumSet.noneOf(FaultKind.class);
    if (list.equals(NONE)) {
      return chosen;
    }
    for (String label : List.of(list.split(",", -1))) {
      chosen.add(named(label.strip()));
    }
    if (chosen.contains(SERVER_CLOCK) && chosen.size() > 1) {
      throw new IllegalArgumentException(
          SERVER_CLOCK.label() + " is a run of its own: leave out the other faults");
    }
    return chosen;
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
