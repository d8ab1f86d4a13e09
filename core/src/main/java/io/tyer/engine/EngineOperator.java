package io.tyer.engine;

import io.tyer.LockView;
import io.tyer.Operator;
import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator asks for: who holds what, and force. */
final class EngineOperator implements Operator {

  private static final Logger log = LoggerFactory.getLogger(EngineOperator.class);

  private final Client engine;

  EngineOperator(Client engine) {
    this.engine = engine;
  }

  @Override
  public List<LockView> locks(String prefix) {
    LineStore store = engine.port().store();
    List<LineView> lines = request("listing locks", "list", reply -> store.list(prefix, reply));
    return lines.stream().map(EngineOperator::view).toList();
  }

  /** One lock; its line is empty if there is none. */
  LockView view(LockName name) {
    LineStore store = engine.port().store();
    LineView line = request("looking at lock " + name, "view", reply -> store.view(name, reply));
    return view(line);
  }

  private static LockView view(LineView line) {
    List<LockView.Place> places = new ArrayList<>(line.tickets().size());
    for (int i = 0; i < line.tickets().size(); i++) {
      places.add(place(line.tickets().get(i), line.granted().get(i)));
    }
    return new LockView(line.name().text(), places, line.omitted());
  }

  private static LockView.Place place(Ticket ticket, boolean granted) {
    boolean bounded = !ticket.exclusive() && ticket.capacity() != Ask.UNBOUNDED;
    return new LockView.Place(
        ticket.number(),
        granted,
        ticket.exclusive(),
        ticket.weight(),
        bounded ? ticket.capacity() : 0,
        ticket.owner(),
        ticket.session().toString(),
        Instant.ofEpochMilli(ticket.since()),
        ticket.revoked(),
        ticket.mayBeKept());
  }

  @Override
  public int revoke(String name, OptionalLong number) {
    return force(name, number, false);
  }

  @Override
  public int removeNow(String name, OptionalLong number) {
    return force(name, number, true);
  }

  @Override
  public void bearers(Collection<ProcessHandle> processes) {
    engine.bearers(new Bearers(processes.stream().map(ProcessHandle::pid).toList()));
  }

  private int force(String name, OptionalLong number, boolean now) {
    LockName lock = LockName.of(name);
    LineStore store = engine.port().store();
    int count =
        request("revoking lock " + name, "revoke", reply -> store.revoke(lock, number, now, reply));
    log.warn(
        "{} ticket(s) of lock {} in {} {} by force",
        count,
        name,
        engine.description(),
        now ? "removed" : "revoked");
    return count;
  }

  private <T> T request(String what, String operation, Consumer<Reply<T>> request) {
    engine.requireOpen();
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Chain chain = Chain.here();
    Call<T> call =
        new Call<>(engine.port(), operation, chain) {
          @Override
          void answered(T value, Chain then) {
            outcome.complete(value);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            outcome.completeExceptionally(failure);
          }
        };
    chain.add(() -> call.send(() -> request.accept(call)));
    chain.run();
    return engine.await(what, outcome);
  }
}
