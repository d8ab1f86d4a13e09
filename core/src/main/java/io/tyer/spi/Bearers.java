package io.tyer.spi;

import java.util.List;

/**
 * The processes of this host that bear a session: where a store can prove processes dead, the
 * session is proved dead only when all of them are. Without any, only missing beats decide.
 *
 * @param pids the processes' ids as this host's {@link ProcessHandle} knows them
 */
public record Bearers(List<Long> pids) {

  /** Keeps a copy. */
  public Bearers {
    pids = List.copyOf(pids);
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
