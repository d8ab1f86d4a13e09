package io.tyer.testkit.broken;

import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.history.What;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client of a {@link Story}. */
final class Client {

  private final Story story;
  private final int process;
  private final Tyer tyer;
  private final @Nullable FaultProxy proxy;

  Client(Story story, int process, Tyer tyer, @Nullable FaultProxy proxy) {
    this.story = story;
    this.process = process;
    this.tyer = tyer;
    this.proxy = proxy;
  }

  FaultProxy proxy() {
    return Objects.requireNonNull(proxy, "a client without a network");
  }

  /** Waits for a mutex in line; written down whatever comes of it. */
  Optional<Hold> acquire(String name, Duration wait) throws InterruptedException {
    Hold hold = new Hold(story, process, story.nextOperation(), name);
    hold.note(What.ACQUIRE);
    OptionalLease lease;
    try {
      lease = tyer.lock(name).tryAcquire(wait);
    } catch (TyerException e) {
      hold.note(What.FAILED);
      return Optional.empty();
    }
    if (lease.isEmpty()) {
      hold.note(What.BUSY);
      return Optional.empty();
    }
    hold.granted(lease.get());
    return Optional.of(hold);
  }
}
