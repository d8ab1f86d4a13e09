package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.line.LockName;
import io.tyer.spi.LineStore;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue with a ticket that is kept, and no store behind it, since nothing here ever asks one: the
 * least on which a slot can stand.
 */
final class KeptTicket {

  private static final LockName NAME = LockName.of("it");

  private final Engine engine;
  private final NameQueue queue;
  private final Wanted wanted = new Wanted(NAME, Mode.EXCLUSIVE, 1, "", 0, true);

  KeptTicket() {
    Still still = new Still();
    EngineSettings settings = OneClient.settings(1, true);
    Duration second = Duration.ofSeconds(1);
    StoreTraits traits = new StoreTraits(false, true, Duration.ZERO, second, second);
    engine = new Engine(answering(LineStore.class, traits), still, settings, null, () -> {});
    queue = engine.queueFor(NAME);

    LiveSession session = new LiveSession(still, settings);
    session.opened(answering(StoreSession.class, null), session.now());
    Lane lane = queue.lane(Mode.EXCLUSIVE);
    Claim claim = new Claim(queue, lane, new Waiter(wanted, true, 0, null, new Answer()), true);
    claim.session = session;
    claim.request = session.nextRequest();
    claim.phase = Claim.Phase.GRANTED;
    queue.register(claim);
    lane.adopt(claim);
    event();
  }

  /** Knows its traits, and what is so of every store that says nothing else. */
  private static <T> T answering(Class<T> type, @Nullable StoreTraits traits) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              if (traits == null || !method.getName().equals("traits")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return traits;
            }));
  }

  /** A lease past the queue's lock, or else by way of it; null if somebody has one. */
  @Nullable Lease tryOnce() {
    HeldLease kept = engine.takeKept(wanted, null);
    if (kept != null) {
      return kept;
    }
    Answer answer = new Answer();
    Effects effects = Effects.here();
    engine.acquire(NAME, new Waiter(wanted, true, 0, null, answer), effects);
    effects.run();
    return answer.lease;
  }

  void event() {
    queue.locked(() -> {});
  }

  private static final class Answer implements Waiter.End {
    private @Nullable HeldLease lease;

    @Override
    public void granted(HeldLease granted) {
      lease = granted;
    }

    @Override
    public void busy() {}

    @Override
    public void failed(RuntimeException failure) {
      throw failure;
    }
  }
}
