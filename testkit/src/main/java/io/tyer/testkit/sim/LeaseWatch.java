package io.tyer.testkit.sim;

import io.tyer.LossCause;
import io.tyer.line.Line;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * S1 and S5: what holders believe, against what the server keeps.
 *
 * <p>The leases of paused processes count; those of killed ones do not.
 */
final class LeaseWatch {

  /** A process that has been running for this long has had the time to tell of a loss. */
  private static final long TIME_TO_TELL = 30_000_000;

  /** Clocks that run at different rates are compared in whole nanoseconds. */
  private static final long ROUNDING = 1_000;

  /** Why a lease is lost that its ticket is left for the margin. */
  private static final Set<LossCause> ASKED =
      EnumSet.of(LossCause.MAX_HOLD, LossCause.MOVED_ON, LossCause.REVOKED);

  private final World world;
  private final SimServer server;
  private final boolean force;
  private final List<Held> held = new ArrayList<>();
  private final Map<SimLock, Integer> permits = new HashMap<>();
  private final Map<SimClient, Integer> closing = new LinkedHashMap<>();

  LeaseWatch(World world, SimServer server) {
    this.world = world;
    this.server = server;
    this.force = world.scenario().force();
  }

  // ---- leases come and go

  void given(Held lease) {
    held.add(lease);
  }

  void closed(Held lease, boolean wasValid) {
    held.remove(lease);
    if (lease.lease.isValid()) {
      broken("API", lease + " is closed and valid");
    }
    if (lease.told == null && !wasValid && couldTell(lease)) {
      settledOne(lease);
    }
  }

  void closing(Held lease, int more) {
    if (!lease.client.process().dead()) {
      closing.merge(lease.client, more, Integer::sum);
    }
  }

  /** All leases that are held, by their holders' account. */
  List<Held> held() {
    return List.copyOf(held);
  }

  /**
   * Whether the process has been running for long enough to tell. After a suspension, which it
   * finds out by comparing clocks now and then, it may take a margin.
   */
  private boolean couldTell(Held lease) {
    SimProcess process = lease.client.process();
    long margin = world.scenario().settings().margin().toNanos();
    return process.runningFor(TIME_TO_TELL + (process.wasSuspended() ? margin : 0));
  }

  void killed(SimClient client) {
    held.removeIf(lease -> lease.client == client);
  }

  void told(Held lease, LossCause cause) {
    if (lease.closed && lease.told == null && lease.invalidSince < 0) {
      // It was closed by its holder before it was lost.
      broken("S5", lease + " was closed, and then told to be lost: " + cause);
    }
    if (lease.told != null) {
      broken("S5", lease + " is told twice to be lost: " + lease.told + ", " + cause);
    }
    if (cause == LossCause.MAX_HOLD && world.events().now() < lease.heldAtLeastUntil) {
      broken("API", lease + " was extended, and is lost too early for having been held too long");
    }
    lease.told = cause;
    lease.toldAt = world.events().now();
    if (lease.lease.isValid()) {
      broken("S5", lease + " is told to be lost (" + cause + ") and valid");
    }
  }

  /** From now on it is held for that long, unless it is lost for another reason. */
  void extended(Held lease, Duration maxHold) {
    if (lease.told != null) {
      broken("API", lease + " is extended, and was told to be lost: " + lease.told);
    }
    long most = lease.client.process().trueDelay(maxHold.toNanos());
    lease.heldAtLeastUntil = world.events().now() + most - ROUNDING;
    world.tally().count("leases extended");
  }

  void downgraded(Held lease, @Nullable Throwable failure) {
    world.tally().count(failure == null ? "downgrades done" : "downgrades failed");
  }

  private void broken(String promise, String how) {
    world.broken(new PromiseBroken(promise, how));
  }

  // ---- after every event

  void look() {
    if (force || held.isEmpty()) {
      return;
    }
    boolean watchful = world.scenario().watchful();
    permits.clear();
    for (Held lease : held) {
      if ((watchful || contended(lease)) && valid(lease)) {
        standsAlone(lease);
        remembered(lease);
      }
    }
  }

  private boolean contended(Held lease) {
    for (Held other : held) {
      if (other != lease && other.lock.equals(lease.lock)) {
        return true;
      }
    }
    return false;
  }

  /** Asks the lease, whose answer may not become yes again. */
  private boolean valid(Held lease) {
    boolean valid = lease.lease.isValid();
    if (!valid && lease.invalidSince < 0) {
      lease.invalidSince = world.events().now();
    }
    if (valid && lease.invalidSince >= 0) {
      if (!lease.client.process().wasSuspended()) {
        broken("S1", lease + " was not valid, and is valid again");
      }
      lease.invalidSince = -1;
    }
    return valid;
  }

  private void standsAlone(Held lease) {
    if (lease.permits) {
      int taken = permits.merge(lease.lock, lease.weight, Integer::sum);
      if (taken > lease.lock.permits()) {
        broken("S1", taken + " permits are held of the " + lease.lock.permits() + ": " + lease);
      }
    }
    if (lease.exclusive) {
      for (Held other : held) {
        if (other != lease && other.lock.equals(lease.lock) && other.lease.isValid()) {
          broken("S1", "two valid leases conflict: " + lease + ", " + other);
        }
      }
    }
  }

  /**
   * A client stops believing before the store starts forgetting: not only has the server not begun
   * to, if nothing more is heard from now on the client will stop first.
   */
  private void remembered(Held lease) {
    SessionId session = lease.client.newestSession();
    if (session == null || server.mayForget(session)) {
      broken("S1", lease + " is valid, but the server may have forgotten its session");
      return;
    }
    long believes = lease.client.process().trueDelay(lease.lease.remaining().toNanos());
    if (believes > server.keeps(session)) {
      broken("S1", lease + " may be valid for longer than the server keeps its session");
    }
  }

  // ---- when the server grants

  /** A ticket is granted: whoever loses by that has been told. */
  void granted(SimLock lock, Ticket ticket, Line line) {
    if (force) {
      return;
    }
    for (Held lease : held) {
      if (lease.lock.equals(lock) && !backed(lease, line) && conflicts(lease, ticket, line)) {
        if (lease.lease.isValid()) {
          broken("S1", "the server grants " + lock.name() + " while another has a valid " + lease);
        } else if (lease.told == null && couldTell(lease)) {
          broken("S5", "the server grants " + lock.name() + " before this is told lost: " + lease);
        } else if (hurried(lease)) {
          broken("S5", "the server grants " + lock.name() + " before this could stop: " + lease);
        }
      }
    }
  }

  /** Who is asked to go has the margin to stop. */
  private boolean hurried(Held lease) {
    boolean asked = lease.told != null && ASKED.contains(lease.told);
    long margin = world.scenario().settings().margin().toNanos();
    return asked
        && lease.client.live()
        && !server.mayForget(lease.session)
        && world.events().now() - lease.toldAt < margin / 100 * 95;
  }

  /** A line has changed: valid leases have their tickets there. */
  void changed(SimLock lock, Line line) {
    if (force) {
      return;
    }
    for (Held lease : held) {
      if (lease.lock.equals(lock) && !backed(lease, line) && lease.lease.isValid()) {
        broken("S1", lease + " is valid, but has no ticket");
      }
    }
  }

  private static boolean backed(Held lease, Line line) {
    for (Ticket ticket : line.tickets()) {
      if (ticket.session().equals(lease.session)
          && line.isGranted(ticket.number())
          && (lease.downgrading
              || (ticket.exclusive() == lease.exclusive && ticket.weight() == lease.weight))) {
        return true;
      }
    }
    return false;
  }

  private static boolean conflicts(Held lease, Ticket ticket, Line line) {
    if (lease.exclusive || ticket.exclusive()) {
      return true;
    }
    if (!lease.permits) {
      return false;
    }
    int taken = lease.weight;
    for (Ticket other : line.tickets()) {
      if (line.isGranted(other.number()) && other.capacity() == ticket.capacity()) {
        taken += other.weight();
      }
    }
    return taken > lease.lock.permits();
  }

  // ---- at the end

  /** Every lease that is not valid has been told, if it was not closed. */
  void settled() {
    for (Held lease : held) {
      if (!lease.client.process().dead()) {
        broken("API", lease + " was never closed");
      }
    }
    closing.forEach(
        (client, count) -> {
          if (count != 0 && !client.process().dead()) {
            broken("L2", count + " leases of " + client.name() + " are being closed for ever");
          }
        });
  }

  /** It was not valid when its holder closed it: has the holder been told? */
  private void settledOne(Held lease) {
    long since = lease.invalidSince;
    boolean longAgo = since >= 0 && world.events().now() - since > TIME_TO_TELL;
    if (longAgo && !lease.client.process().wasSuspended()) {
      broken("S5", lease + " was lost long ago, and its holder was never told");
    }
  }
}
