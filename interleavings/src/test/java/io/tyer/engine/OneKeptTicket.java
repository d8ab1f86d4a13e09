package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.line.LockName;
import io.tyer.spi.LineStore;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.spi.TicketState;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A name with a ticket that is kept, and no store behind it but one whose only answer was that
 * grant: the least on which a slot can stand.
 */
final class OneKeptTicket {

  private static final LockName NAME = LockName.of("it");

  private final Client client;
  private final NameShell shell;
  private final Wanted wanted = new Wanted(NAME, Mode.EXCLUSIVE, 1, "", 0, true);

  OneKeptTicket() {
    Duration second = Duration.ofSeconds(1);
    StoreTraits traits = new StoreTraits(false, true, Duration.ZERO, second, second);
    Engine engine =
        new Engine(
            answering(LineStore.class, traits),
            new Still(),
            OneClient.settings(1, true),
            null,
            () -> {});
    client = engine.client();
    engine.connect();
    shell = client.shards().names(NAME).shell(NAME);
    Lease first = tryOnce();
    if (first == null) {
      throw new IllegalStateException("not granted");
    }
    first.close();
  }

  /** Knows its traits, opens sessions, grants what is asked for, and no more. */
  private static <T> T answering(Class<T> type, StoreTraits traits) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              switch (method.getName()) {
                case "traits" -> {
                  return traits;
                }
                case "description" -> {
                  return "a kept ticket";
                }
                case "open" -> done(arguments[2], answering(StoreSession.class, traits));
                case "enter" -> done(arguments[3], new TicketState.Granted(1, false, 0));
                default -> throw new UnsupportedOperationException(method.getName());
              }
              return null;
            }));
  }

  @SuppressWarnings("unchecked")
  private static void done(Object reply, Object answer) {
    ((Reply<Object>) reply).done(answer);
  }

  /** A lease past the name's lock, or else by way of it; null if somebody has one. */
  @Nullable Lease tryOnce() {
    HeldLease kept = client.takeKept(wanted, null);
    if (kept != null) {
      return kept;
    }
    HeldLease lease = new HeldLease(wanted, null);
    Answer answer = new Answer(lease);
    Chain chain = Chain.here();
    client.acquire(NAME, new Waiter(wanted, true, 0, lease, answer), lease, chain);
    chain.run();
    return answer.held ? lease : null;
  }

  void event() {
    shell.on(new Event.KeptDue());
  }

  private static final class Answer implements Waiter.End {
    private final HeldLease lease;
    private boolean held;

    Answer(HeldLease lease) {
      this.lease = lease;
    }

    @Override
    public void granted(LiveSession session) {
      lease.granted(session);
      held = true;
    }

    @Override
    public void busy() {}

    @Override
    public void cancelled() {}

    @Override
    public void failed(RuntimeException failure) {
      throw failure;
    }
  }
}
