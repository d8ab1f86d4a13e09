package io.tyer.store.remote;

import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tyer.protocol.v1.ClientMessage;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import io.tyer.store.remote.FakeServer.Deed;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are not answered in time, and what is known of them. */
class GivingUpTest {

  private static final Duration SHORT = Duration.ofSeconds(2);

  private final FakeState state = new FakeState();
  private FakeServer server;
  private BareStore store;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(state);
    // A JVM's first connection takes longer than this test's time-out.
    try (BareStore warm = new BareStore(BareStore.TIMEOUT, server)) {
      Object unused = warm.open();
    }
    store = new BareStore(SHORT, server);
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  private static Kind failure(CompletableFuture<?> answer) {
    return catchThrowableOfType(StoreException.class, () -> get(answer)).kind();
  }

  @Test
  void whatWasSentIsUnknownAndSettledSoonAfter() throws Exception {
    BareStore.Session session = store.open();
    server.always(ClientMessage::hasEnter, Deed.IGNORE);
    CompletableFuture<TicketState> entered = session.enter("a");
    long number = 2;
    assertThat(failure(entered)).isEqualTo(Kind.UNKNOWN);
    server.behave();
    Object unused = get(session.beat());
    ClientMessage beat = last();
    assertThat(beat.hasBeat()).isTrue();
    assertThat(beat.getSettled()).isGreaterThan(number).isEqualTo(beat.getSequence());
    assertThat(state.effects()).doesNotContain("enter a");
  }

  @Test
  void aGivenUpRequestIsNotSentAgain() throws Exception {
    BareStore.Session session = store.open();
    server.always(ClientMessage::hasEnter, Deed.IGNORE);
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.UNKNOWN);
    int before = enters();
    server.behave();
    server.breakStreams();
    Object unused = get(session.beat());
    assertThat(enters()).isEqualTo(before);
  }

  @Test
  void whatTheServerOnlyEverPutOffHadNoEffect() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, Deed.UNAVAILABLE);
    server.once(ClientMessage::hasEnter, Deed.UNAVAILABLE_AND_LEADS_NO_MORE);
    // Nothing is under way then that a time-out could find without an answer.
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(enters()).isEqualTo(2);
    assertThat(state.effects()).doesNotContain("enter a");
  }

  @Test
  void whatWasPutOffAndThenLeftUnansweredIsUnknown() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, Deed.UNAVAILABLE);
    server.always(ClientMessage::hasEnter, Deed.IGNORE);
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.UNKNOWN);
    assertThat(enters()).isGreaterThan(1);
  }

  @Test
  void whatTheServerDoesNotKnowIsUnknown() throws Exception {
    BareStore.Session session = store.open();
    server.always(ClientMessage::hasEnter, Deed.UNKNOWN);
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void whereNobodyListensNothingWasSent() throws Exception {
    BareStore.Session session = store.open();
    server.close();
    Await.until("the stream is gone", () -> failure(session.beat()) == Kind.UNREACHABLE);
    long start = System.nanoTime();
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure(store.opening())).isEqualTo(Kind.UNREACHABLE);
    // It need not wait for the time-out to know.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT);
  }

  @Test
  void aSessionIsFoundAgainWhenTheServerIsBack() throws Exception {
    BareStore.Session session = store.open();
    int port = server.port();
    server.close();
    Await.until("the stream is gone", () -> failure(session.beat()) == Kind.UNREACHABLE);
    server = new FakeServer(state, port);
    Await.until("there again", () -> server.streams() == 1);
    assertThat(get(session.enter("a"))).isInstanceOf(TicketState.Granted.class);
    assertThat(store.events()).contains("changed anywhere");
  }

  @Test
  void aServerThatFallsSilentIsLeftAloneWithPauses() throws Exception {
    BareStore.Session session = store.open();
    server.fallSilent();
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.UNKNOWN);
    assertThat(failure(session.enter("b"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(server.received(ClientMessage::hasAttach)).hasSizeLessThan(40);
    server.behave();
    Await.until("it is found again", () -> answered(session.beat()));
  }

  private static boolean answered(CompletableFuture<?> answer) throws Exception {
    try {
      return get(answer) != null;
    } catch (StoreException e) {
      return false;
    }
  }

  private int enters() {
    return server.received(ClientMessage::hasEnter).size();
  }

  private ClientMessage last() {
    return server.received().get(server.received().size() - 1);
  }
}
