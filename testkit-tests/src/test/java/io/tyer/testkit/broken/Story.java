package io.tyer.testkit.broken;

import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryChecker;
import io.tyer.testkit.history.Rules;
import io.tyer.testkit.history.Verdict;
import io.tyer.testkit.history.Violation;
import io.tyer.testkit.history.What;
import io.tyer.testkit.host.Patient;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A few clients of one store that do what a test tells them, and the history of it: faults strike
 * where they must, not where luck has them. The checker says in the end what was wrong.
 */
final class Story implements AutoCloseable {

  private static final int RESOURCE = 0;

  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final AtomicInteger processes = new AtomicInteger();
  private final AtomicLong operations = new AtomicLong();

  /** A client whose connections to the server pass through a proxy of its own. */
  Client client(StoreServer server, UnaryOperator<TyerBuilder> options) throws IOException {
    FaultProxy proxy = FaultProxy.to(server.endpoint().orElseThrow());
    open.push(proxy::close);
    String address = proxy.address().getAddress().getHostAddress();
    return client(server.addressAt(address, proxy.address().getPort()), proxy, options);
  }

  /** A client without a network. */
  Client client(String address, UnaryOperator<TyerBuilder> options) {
    return client(address, null, options);
  }

  private Client client(
      String address, @Nullable FaultProxy proxy, UnaryOperator<TyerBuilder> options) {
    Tyer tyer = Patient.open(options.apply(Tyer.builder(address)));
    open.push(tyer::close);
    return new Client(this, processes.incrementAndGet(), tyer, proxy);
  }

  /** What the locks protect, written down as process 0. */
  Resource resource(boolean fenced) {
    return new Resource(
        fenced,
        (what, write) ->
            add(
                new Event(
                    System.nanoTime(),
                    RESOURCE,
                    0,
                    what,
                    write.name(),
                    0,
                    0,
                    write.token(),
                    0,
                    "")));
  }

  long nextOperation() {
    return operations.incrementAndGet();
  }

  void add(Event event) {
    events.add(event);
  }

  /** Whether nothing was wrong so far. */
  boolean passed() {
    return check().passed();
  }

  /** The kinds of what was wrong so far; printed with the checker's words. */
  Set<Violation.Kind> violations() {
    Set<Violation.Kind> kinds = EnumSet.noneOf(Violation.Kind.class);
    for (Violation found : check().violations()) {
      System.out.println(found.kind() + ": " + found.text());
      kinds.add(found.kind());
    }
    return kinds;
  }

  private Verdict check() {
    return HistoryChecker.check(new ArrayList<>(events), Rules.all());
  }

  /** How many leases were granted: a history that shows nothing proves nothing. */
  long granted() {
    return events.stream().filter(event -> event.what() == What.GRANTED).count();
  }

  /** How many calls failed, which is neither granted nor busy. */
  long failed() {
    return events.stream().filter(event -> event.what() == What.FAILED).count();
  }

  /** Closes clients and proxies, the last one first. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
