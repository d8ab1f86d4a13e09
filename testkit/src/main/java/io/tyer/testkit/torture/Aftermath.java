package io.tyer.testkit.torture;

import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be so when all faults are healed: promises L1 and L3, seen by a client that is new. */
final class Aftermath {

  private static final long PAUSE = 100_000_000;

  private final String uri;
  private final Names names;
  private final Duration ttl;
  private final Duration grace;
  private final Signals never = new Signals();

  /**
   * Looks at a store.
   *
   * @param ttl the longest of those who used it
   * @param grace what a machine that is busy with other things may add
   */
  Aftermath(String uri, Names names, Duration ttl, Duration grace) {
    this.grace = grace;
    this.uri = uri;
    this.names = names;
    this.ttl = ttl;
  }

  /** Takes every name once; each within TTL and grace. Returns what was wrong. */
  List<String> acquireAll() {
    List<String> problems = new ArrayList<>();
    Duration limit = ttl.plus(grace);
    try (Tyer tyer = open()) {
      for (String name : names.all().toList()) {
        long from = System.nanoTime();
        try {
          OptionalLease lease = tyer.lock(name).tryAcquire(limit);
          if (lease.isEmpty()) {
            problems.add(
                "lock "
                    + name
                    + " was not granted within "
                    + limit
                    + "; its line is "
                    + lines(tyer, name));
          }
          lease.ifPresent(Lease::close);
        } catch (TyerException e) {
          problems.add("lock " + name + " could not be acquired after " + since(from) + ": " + e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add("interrupted");
    } catch (TyerException e) {
      problems.add("no client can be opened: " + e);
    }
    return problems;
  }

  /** Waits until no line has a ticket, for as long as dead sessions and a sweep may take. */
  List<String> nothingLeft(@Nullable StoreServer server) {
    List<String> problems = new ArrayList<>();
    long deadline = System.nanoTime() + ttl.multipliedBy(3).plus(grace).toNanos();
    try (Tyer tyer = open()) {
      List<LockView> left = tyer.operator().locks("");
      while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
        never.pause(PAUSE);
        left = tyer.operator().locks("");
      }
      if (!left.isEmpty()) {
        problems.add("all clients are closed or dead, and these tickets are left: " + left);
      }
    } catch (TyerException e) {
      problems.add("what is left could not be listed: " + e);
    }
    if (server != null) {
      look(server, deadline, problems);
    }
    return problems;
  }

  private void look(StoreServer server, long deadline, List<String> problems) {
    try {
      Contents left = server.look();
      while (holds(left) && System.nanoTime() - deadline < 0) {
        // Somebody must sweep: clients do that while they are open.
        try (Tyer tyer = open()) {
          never.pause(ttl.toNanos());
          if (!tyer.operator().locks("").isEmpty()) {
            break;
          }
        }
        left = server.look();
      }
      if (holds(left)) {
        problems.add(
            "no client is open, and the store itself shows "
                + left.sessions()
                + " sessions and the tickets "
                + left.tickets());
      }
    } catch (IOException | TyerException e) {
      problems.add("the store could not be looked into: " + e);
    } catch (UnsupportedOperationException e) {
      // This kind cannot be looked into; its lines were listed.
    }
  }

  /** Litter aside: what processes left that were killed may stay a little longer. */
  private static boolean holds(Contents contents) {
    return !contents.tickets().isEmpty() || contents.sessions() > 0;
  }

  private Tyer open() {
    return Tyer.builder(uri).ttl(ttl).open();
  }

  private static String lines(Tyer tyer, String name) {
    try {
      return tyer.operator().locks(name).toString();
    } catch (TyerException e) {
      return "unknown: " + e;
    }
  }

  private static Duration since(long from) {
    return Duration.ofMillis((System.nanoTime() - from) / 1_000_000);
  }
}
