package io.tyer.spi;

import java.util.List;

/**
 * The processes of this host that bear a session: where a store can prove processes dead, the
 * session is proved dead only when all of them are. Without any, only missing beats decide.
 *
 * @param revision of two, the one with the higher revision is the newer; a beat that was overtaken
 *     by one with newer bearers changes no bearers
 * @param pids the processes' ids as this host's {@link ProcessHandle} knows them
 */
public record Bearers(long revision, List<Long> pids) {

  /** Keeps a copy. */
  public Bearers {
    pids = List.copyOf(pids);
  }

  /** The first ones of a session. */
  public Bearers(List<Long> pids) {
    this(0, pids);
  }

  /** The same processes, newer than the others. */
  public Bearers newerThan(Bearers others) {
    return new Bearers(others.revision + 1, pids);
  }

  /** Whichever of both is newer. */
  public static Bearers newest(Bearers one, Bearers other) {
    return one.revision >= other.revision ? one : other;
  }

  /** Nobody: only missing beats decide that the session is dead. */
  public static Bearers none() {
    return new Bearers(List.of());
  }

  /** This process. */
  public static Bearers self() {
    return new Bearers(List.of(ProcessHandle.current().pid()));
  }
}
