package io.tyer.testkit.broken;

import io.tyer.Lease;
import io.tyer.TyerException;
import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.What;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A lease of a {@link Story}, and what its holder believes of it. */
final class Hold {

  private static final long LOOK_NANOS = 2_000_000;

  private final Story story;
  private final int process;
  private final long operation;
  private final String name;
  private @Nullable Lease lease;
  private long token;

  Hold(Story story, int process, long operation, String name) {
    this.story = story;
    this.process = process;
    this.operation = operation;
    this.name = name;
  }

  void note(What what) {
    note(System.nanoTime(), what, 0, "");
  }

  private void note(long at, What what, long validFor, String why) {
    story.add(new Event(at, process, operation, what, name, 0, 0, token, validFor, why));
  }

  void granted(Lease granted) {
    lease = granted;
    note(What.GRANTED);
    granted.onLost(cause -> note(System.nanoTime(), What.LOST, 0, cause.name()));
    try {
      token = granted.token();
    } catch (TyerException e) {
      // Lost already.
    }
    look();
  }

  private Lease lease() {
    return Objects.requireNonNull(lease);
  }

  String name() {
    return name;
  }

  long token() {
    return token;
  }

  /** How long it is still valid, as its holder knows. */
  Duration remaining() {
    return lease().remaining();
  }

  /** Looks whether it is valid, and writes down what was seen. */
  boolean look() {
    long at = System.nanoTime();
    long left = lease().remaining().toNanos();
    note(at, left > 0 ? What.VALID : What.INVALID, left, "");
    return left > 0;
  }

  /** Goes on looking for that long, or until it is not valid any more. */
  void lookOn(Duration time) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos() && look()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Writes to the resource without asking whether the lease still holds. */
  boolean write(Resource resource) {
    note(What.WRITE);
    boolean accepted = resource.write(new Resource.Write(name, token));
    note(accepted ? What.ACCEPTED : What.REFUSED);
    return accepted;
  }

  void release() {
    note(What.RELEASE);
    lease().close();
    note(What.RELEASED);
  }
}
