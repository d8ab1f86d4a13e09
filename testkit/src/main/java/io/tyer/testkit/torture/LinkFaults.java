package io.tyer.testkit.torture;

import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What happens between one worker and the store: a proxy per worker. */
final class LinkFaults {

  /** Below this size of a blow a single reply is lost, at and above it all of them. */
  private static final double ONE_REPLY = 0.5;

  private final List<FaultProxy> proxies;
  private final List<AtomicInteger> latest;

  private LinkFaults(List<FaultProxy> proxies) {
    this.proxies = proxies;
    this.latest = proxies.stream().map(proxy -> new AtomicInteger()).toList();
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
      proxies.get(blow.victim()).dropNextReply();
      return injury("worker " + blow.victim() + ": the next reply", () -> {});
    }
    return mode(blow, ProxyMode.LOST_REPLIES, "replies are lost");
  }

  /** The latest mode counts; the end of an older one changes nothing. */
  private Optional<Fault.Injury> mode(Blow blow, ProxyMode mode, String what) {
    FaultProxy proxy = proxies.get(blow.victim());
    AtomicInteger newest = latest.get(blow.victim());
    int mine = newest.incrementAndGet();
    proxy.mode(mode);
    return injury(
        "worker " + blow.victim() + ": " + what + " for " + blow.durationMillis() + " ms",
        () -> {
          if (newest.get() == mine) {
            proxy.mode(ProxyMode.PASS);
          }
        });
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
