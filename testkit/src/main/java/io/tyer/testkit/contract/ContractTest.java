package io.tyer.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Patient;
import io.tyer.testkit.logs.Logged;
import io.tyer.testkit.logs.RecordedLogs;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * What all suites share: a fresh store for each test, clients that are closed after it, and then
 * the check that no thread, no unexpected warning and nothing in the store was left. Logs and
 * threads are those of the whole JVM, so nothing else may run beside a test.
 */
@Timeout(120)
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith({SourceExtension.class, ResultsExtension.class})
abstract class ContractTest {

  /** For clients that are to lose their sessions soon. */
  static final Duration SHORT = Duration.ofSeconds(1);

  /** For clients that are to keep their leases, however slow the machine is. */
  static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path scratch;

  StoreUnderTest store;

  /** The innermost instance around this test that says where stores come from; set before it. */
  @Nullable StoreSource source;

  private final Callers callers = new Callers();
  private final ConcurrentLinkedQueue<Tyer> clients = new ConcurrentLinkedQueue<>();
  private final List<Seat> seats = new ArrayList<>();
  private final List<Pattern> expectedWarnings = new ArrayList<>();
  private Set<Thread> threadsBefore = Set.of();
  private final List<Logged> logged = new ArrayList<>();
  private boolean opened;

  // ---- before and after

  @BeforeEach
  void openStore(TestInfo test) throws Exception {
    requireRecordedLogs();
    Fault fault = faultOf(test);
    if (fault != Fault.NONE) {
      expectWarning("is swept later");
    }
    threadsBefore = TyerThreads.alive();
    StoreSource from = Objects.requireNonNull(source);
    store = fault == Fault.RESTART ? from.storeToRestart(scratch) : from.storeUnderTest(scratch);
    opened = true;
    store.expectedWarnings().forEach(this::expectWarning);
    RecordedLogs.listen();
  }

  private static Fault faultOf(TestInfo test) {
    Shows shows = test.getTestMethod().orElseThrow().getAnnotation(Shows.class);
    return shows == null ? Fault.NONE : shows.under();
  }

  private static void requireRecordedLogs() {
    RecordedLogs.listen();
    LoggerFactory.getLogger(ContractTest.class).warn("can this be heard?");
    assertThat(RecordedLogs.stop())
        .as(
            "the contract hears warnings only with"
                + " -Dslf4j.provider=io.tyer.testkit.logs.RecordingLogs")
        .hasSize(1);
  }

  /** Closes everything, whatever fails meanwhile, and looks at what is left. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    Gathered all = new Gathered();
    all.run(callers::end);
    if (opened) {
      seats.forEach(seat -> all.run(() -> seat.link(LinkState.SOUND)));
      clients.forEach(client -> all.run(client::close));
      logged.addAll(RecordedLogs.stop());
      RecordedLogs.listen();
      all.run(this::emptyStore);
      seats.forEach(seat -> all.run(seat::close));
      all.run(() -> Await.until("client threads ended", this::noThreadIsLeft));
      all.run(store::close);
      logged.addAll(RecordedLogs.stop());
      List<Logged> unexpected = logged.stream().filter(this::isUnexpected).toList();
      all.run(() -> assertThat(unexpected).as("unexpected warnings").isEmpty());
    } else {
      // The store never came to be: why is told already.
      List<Logged> unused = RecordedLogs.stop();
    }
    all.report();
  }

  private void emptyStore() throws Exception {
    long start = System.nanoTime();
    boolean again = !contents().isEmpty();
    while (again) {
      sweep();
      boolean inTime = System.nanoTime() - start < Await.LONG.toNanos();
      again = inTime && isSweeperLost() && !contents().isEmpty();
    }
    assertThat(contents()).as("left in the store").matches(Contents::isEmpty);
  }

  /**
   * On a busy machine a client with so short a TTL may lose its session, which then stays until it
   * is swept itself. What was logged so far is kept.
   */
  private boolean isSweeperLost() {
    List<Logged> sweeping = RecordedLogs.stop();
    RecordedLogs.listen();
    boolean lost = sweeping.stream().anyMatch(ContractTest::isLoss);
    sweeping.stream().filter(one -> !isLoss(one)).forEach(logged::add);
    return lost;
  }

  private static boolean isLoss(Logged one) {
    return one.text().contains("is lost: no beat was acknowledged in time");
  }

  private boolean noThreadIsLeft() {
    return TyerThreads.since(threadsBefore).isEmpty();
  }

  /** What crashed is swept by the next live client, within its TTL and a sweep (promise L3). */
  private void sweep() throws Exception {
    try (Tyer next = seat().client().ttl(SHORT).open()) {
      Contents[] now = new Contents[1];
      Await.until(
          () -> "swept by the next client: " + now[0],
          () -> {
            boolean empty = !store.sweptByShard() || next.operator().locks("").isEmpty();
            now[0] = contents();
            // None is left where this client has lost its own.
            boolean alone = now[0].tickets().isEmpty() && now[0].sessions() <= 1;
            return empty && alone && next.operator().locks("").isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError("never swept: " + contents(), e);
    }
  }

  /** As soon as the store answers in time again: the first answers after an outage may be slow. */
  static Lease acquiredAfterAnOutage(DistributedLock lock) throws Exception {
    AtomicReference<@Nullable Lease> acquired = new AtomicReference<>();
    Await.until(
        "acquired",
        () -> {
          try {
            acquired.set(lock.acquire());
            return true;
          } catch (StoreUnreachableException | OutcomeUnknownException e) {
            return false;
          }
        });
    return Objects.requireNonNull(acquired.get(), "acquired");
  }

  private Contents contents() throws IOException {
    return store.look();
  }

  private boolean isUnexpected(Logged logged) {
    return expectedWarnings.stream().noneMatch(pattern -> pattern.matcher(logged.text()).find());
  }

  // ---- what tests say

  /** A warning that holds a match of this regular expression is expected, any number of times. */
  final void expectWarning(String regex) {
    expectedWarnings.add(Pattern.compile(regex));
  }

  /** What a client may say that cannot reach its store, or could not for a while. */
  final void expectAnOutage() {
    expectWarning("is lost");
    expectWarning("has not confirmed that lock .* was given back");
    expectWarning("is swept later");
  }

  /** What is said of force, by who uses it and by who suffers it. */
  final void expectForce() {
    expectWarning("by force");
    expectWarning("an operator revoked");
    expectWarning("is lost: (an operator has revoked it|the ticket was removed)");
  }

  /** Skips the test, with the store's reason, if it cannot have this. */
  final void require(Feature feature) {
    Optional<String> reason = store.whyNot(feature);
    assumeTrue(reason.isEmpty(), () -> "not applicable: " + reason.orElseThrow());
  }

  /** A lock's name that begins like this and is used by nobody else. */
  static String name(String begin) {
    return begin + "." + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A new client's place, freed after the test. */
  final Seat seat() {
    Seat seat = store.seat();
    seats.add(seat);
    return seat;
  }

  /** A fault that was asked for here has hit at least once more than so often. */
  static void struckSince(long before, Seat seat) throws Exception {
    Await.until("the fault has hit", () -> seat.faultsStruck() > before);
  }

  /** Notifications were lost here, where the store tells anybody anything. */
  final void hintsWereLost(Collection<Seat> deaf) throws Exception {
    if (store.whyNot(Feature.TELLS).isEmpty()) {
      Await.until(
          "a notification was lost", () -> deaf.stream().anyMatch(seat -> seat.faultsStruck() > 0));
    }
  }

  /** A client that keeps its leases, at a place of its own; closed after the test. */
  final Tyer client() {
    return open(seat().client().ttl(LONG));
  }

  /** A client that finds out soon that it is cut off; beats often, so that a fault meets a beat. */
  static TyerBuilder shortLived(Seat seat) {
    return seat.client()
        .ttl(SHORT)
        .option(TyerOption.BEAT, "100ms")
        .option(TyerOption.OPERATION_TIMEOUT, "500ms");
  }

  /** Opens a client that is closed after the test. */
  final Tyer open(TyerBuilder builder) {
    Tyer tyer = Patient.open(builder);
    clients.add(tyer);
    return tyer;
  }

  /** Makes a blocking call on a thread of its own, interrupted after the test if still there. */
  final <T> Callers.Calling<T> call(Callable<T> call) {
    return callers.call(call);
  }

  /** What must come, in good time. */
  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** Completes with the cause when the lease is lost. */
  static CompletableFuture<LossCause> lossOf(Lease lease) {
    CompletableFuture<LossCause> lost = new CompletableFuture<>();
    lease.onLost(lost::complete);
    return lost;
  }

  /** How many tickets stand in the line, as this client sees it. */
  static int inLine(Tyer tyer, String name) {
    return tyer.operator().locks(name).stream()
        .filter(view -> view.name().equals(name))
        .mapToInt(view -> view.line().size())
        .sum();
  }

  /** Returns once so many tickets stand in the line. */
  static void awaitLine(Tyer tyer, String name, int length) throws Exception {
    Await.until(length + " in line for " + name, () -> inLine(tyer, name) == length);
  }
}
