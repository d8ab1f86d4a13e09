package io.tyer.testkit.sim;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.line.SessionId;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A lease that a simulated caller has been given and has not closed. */
final class Held {

  final SimClient client;
  final SimLock lock;
  final Lease lease;
  final int weight;

  /** For how long it is held at most, from its grant and whenever it is extended; null for ever. */
  final @Nullable Duration maxHold;

  /** Until when it is not lost for having been held for too long; of one that was extended. */
  long heldAtLeastUntil;

  /** The session that was the client's newest when it was given. */
  final @Nullable SessionId session;

  /** Whether it is for a semaphore's permits. */
  final boolean permits;

  /** Whether it excludes everybody else: until a downgrade is asked for. */
  boolean exclusive;

  /** Whether a downgrade was asked for: its ticket may be of either kind. */
  boolean downgrading;

  boolean closed;
  long token;
  @Nullable LossCause told;
  long toldAt;

  /** When it was first seen not to be valid; -1 before. */
  long invalidSince = -1;

  /** Which of all tokens of its lock it drew, in order; 0 before. */
  long drawn;

  private final Runnable closer;

  Held(SimClient client, SimLock lock, Wish wish, Lease lease, Consumer<Held> closer) {
    this.client = client;
    this.lock = lock;
    this.lease = lease;
    this.weight = wish.weight();
    this.maxHold = wish.maxHold();
    this.permits = wish.mode() == Wish.Mode.PERMITS;
    this.exclusive = wish.mode() == Wish.Mode.EXCLUSIVE;
    this.session = client.newestSession();
    this.closer = () -> closer.accept(this);
  }

  /** Its holder closes it now, unless it has. */
  void close() {
    closer.run();
  }

  @Override
  public String toString() {
    String kind = exclusive ? "exclusive" : permits ? weight + " permit(s)" : "shared";
    return kind + " lease of " + lock.name() + " of " + client.name();
  }
}
