package io.tyer.testkit.torture;

import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What happens between one worker and the store: a proxy per worker. */
final class LinkFaults {

  /** Below this size of a blow a single reply is lost, at and above it all of them. */
  private static final double ONE_REPLY = 0.5;

  private final List<FaultProxy> proxies;
  private final List<Order> modes;
  private final List<Order> drops;

  private LinkFaults(List<FaultProxy> proxies) {
    this.proxies = proxies;
    this.modes = proxies.stream().map(proxy -> new Order()).toList();
    this.drops = proxies.stream().map(proxy -> new Order()).toList();
  }

  /** What was ordered of one proxy: the latest counts, and the end of an older one does nothing. */
  private static final class Order {
    private final ReentrantLock lock = new ReentrantLock();
    private int latest;

    /** Orders, and returns what takes it back. */
    Runnable give(Runnable order, Runnable undoing) {
      lock.lock();
      try {
        int mine = ++latest;
        order.run();
        return () -> undo(mine, undoing);
      } finally {
        lock.unlock();
      }
    }

    private void undo(int which, Runnable undoing) {
      lock.lock();
      try {
        if (latest == which) {
          undoing.run();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  static Map<FaultKind, Fault> of(List<FaultProxy> proxies) {
    LinkFaults faults = new LinkFaults(proxies);
    return Map.of(
        FaultKind.BLACK_HOLE, blow -> faults.mode(blow, ProxyMode.BLACK_HOLE, "nothing passes"),
        FaultKind.DELAY, faults::delay,
        FaultKind.RESET, faults::reset,
        FaultKind.LOST_REPLY, faults::loseReply);
  }

  private Optional<Fault.Injury> delay(Blow blow) {
    long millis = 10 + (long) (blow.size() * 500);
    return mode(
        blow, ProxyMode.delay(Duration.ofMillis(millis)), "all takes " + millis + " ms longer");
  }

  private Optional<Fault.Injury> reset(Blow blow) {
    proxies.get(blow.victim()).resetAll();
    return injury("worker " + blow.victim(), () -> {});
  }

  private Optional<Fault.Injury> loseReply(Blow blow) {
    if (blow.size() < ONE_REPLY) {
      FaultProxy proxy = proxies.get(blow.victim());
      return injury(
          "worker " + blow.victim() + ": the next reply",
          drops.get(blow.victim()).give(proxy::dropNextReply, proxy::cancelDrop));
    }
    return mode(blow, ProxyMode.LOST_REPLIES, "replies are lost");
  }

  private Optional<Fault.Injury> mode(Blow blow, ProxyMode mode, String what) {
    FaultProxy proxy = proxies.get(blow.victim());
    return injury(
        "worker " + blow.victim() + ": " + what + " for " + blow.durationMillis() + " ms",
        modes.get(blow.victim()).give(() -> proxy.mode(mode), () -> proxy.mode(ProxyMode.PASS)));
  }

  private static Optional<Fault.Injury> injury(String description, Runnable undoing) {
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return description;
          }

          @Override
          public void heal() {
            undoing.run();
          }
        });
  }
}
