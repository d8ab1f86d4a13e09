package io.tyer.store.remote;

import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.RequestId;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import io.tyer.store.remote.FakeServer.Deed;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests whose first answer does not come: each is done once, and answered once. */
class ResendTest {

  private final FakeState state = new FakeState();
  private FakeServer server;
  private BareStore store;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(state);
    store = new BareStore(Duration.ofSeconds(3), server);
  }

  @AfterEach
  void stop() {
    store.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DO", "ANSWER_TWICE", "DO_AND_BREAK", "BREAK", "UNAVAILABLE", "UNKNOWN"})
  void whateverHappensToItAnEnterIsDoneOnce(Deed deed) throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, deed);
    TicketState first = get(session.enter("a"));
    TicketState second = get(session.enter("b"));
    assertThat(first).isEqualTo(new TicketState.Granted(1, false, 0));
    assertThat(second).isEqualTo(new TicketState.Granted(2, false, 0));
    assertThat(state.effects()).containsExactly("open", "enter a", "enter b");
    assertThat(server.received(ClientMessage::hasEnter))
        .extracting(ClientMessage::getSequence)
        .containsExactlyElementsOf(sequences(deed));
  }

  private static List<Long> sequences(Deed deed) {
    return switch (deed) {
      case DO, ANSWER_TWICE -> List.of(2L, 3L);
      case UNAVAILABLE, UNKNOWN -> List.of(2L, 2L, 3L);
      // Between them, an attach.
      default -> List.of(2L, 2L, 4L);
    };
  }

  @Test
  void aReplyThatIsLostWithoutABreakIsAskedForOnAnotherStream() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, Deed.DO_SILENTLY);
    assertThat(get(session.enter("a"))).isEqualTo(new TicketState.Granted(1, false, 0));
    assertThat(state.effects()).containsExactly("open", "enter a");
    assertThat(server.received(ClientMessage::hasAttach)).hasSize(1);
  }

  @Test
  void whatWaitsIsSentAgainInOrderBehindTheAttach() throws Exception {
    BareStore.Session session = store.open();
    server.always(message -> !message.hasAttach(), Deed.IGNORE);
    RequestId request = session.newRequest();
    CompletableFuture<TicketState> entered = session.enter("a", request);
    CompletableFuture<Boolean> left = session.leave("a", request);
    CompletableFuture<?> beat = session.beat();
    CompletableFuture<TicketState> again = session.enter("a");
    Await.until("all there", () -> server.received().size() >= 5);
    server.behave();
    server.breakStreams();
    assertThat(get(entered)).isInstanceOf(TicketState.Granted.class);
    assertThat(get(left)).isTrue();
    Object unused = get(beat);
    assertThat(get(again)).isInstanceOf(TicketState.Granted.class);
    assertThat(state.effects()).containsExactly("open", "enter a", "leave a", "enter a");
    assertThat(server.received())
        .extracting(ClientMessage::getSequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 2L, 3L, 4L, 5L);
    assertThat(server.received().get(5).hasAttach()).isTrue();
  }

  @Test
  void settledIsTheSmallestNumberWithoutAnAnswer() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, Deed.IGNORE);
    CompletableFuture<TicketState> waits = session.enter("a");
    Object first = get(session.enter("b"));
    Object second = get(session.enter("c"));
    assertThat(first).isNotEqualTo(second);
    assertThat(server.received(ClientMessage::hasEnter))
        .extracting(ClientMessage::getSettled)
        .containsExactly(2L, 2L, 2L);
    Object third = get(waits);
    Object fourth = get(session.beat());
    assertThat(third).isNotEqualTo(fourth);
    ClientMessage last = server.received().get(server.received().size() - 1);
    assertThat(last.getSettled()).isEqualTo(last.getSequence());
    assertThat(state.replies()).isZero();
  }

  @Test
  void anOpenWhoseReplyIsLostFindsItsSession() throws Exception {
    server.once(ClientMessage::hasOpen, Deed.DO_AND_BREAK);
    BareStore.Session session = store.open();
    Object unused = get(session.enter("a"));
    assertThat(state.effects()).containsExactly("open", "enter a");
  }

  @Test
  void anOpenThatIsToComeAgainComesAgain() throws Exception {
    server.once(ClientMessage::hasOpen, Deed.UNAVAILABLE);
    Object unused = get(store.open().enter("a"));
    assertThat(state.effects()).containsExactly("open", "enter a");
  }

  @Test
  void whatIsRefusedIsToldAndNotSentAgain() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, Deed.REFUSE);
    assertThatThrownBy(() -> get(session.enter("a")))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(StoreException.Kind.REFUSED);
              assertThat(failure)
                  .hasMessageContaining("line is full")
                  .hasMessageContaining("tyer:");
            });
    assertThat(server.received(ClientMessage::hasEnter)).hasSize(1);
  }

  @Test
  void leavingAndEnteringGoOutTogetherUnderNumbersOfTheirOwn() throws Exception {
    BareStore.Session session = store.open();
    RequestId old = session.newRequest();
    Object unused = get(session.enter("a", old));
    server.once(ClientMessage::hasLeave, Deed.DO_AND_BREAK);
    CompletableFuture<Boolean> left = new CompletableFuture<>();
    var name = io.tyer.line.LockName.of("a");
    var ask = io.tyer.line.Ask.exclusive(session.spi().id(), session.newRequest(), "bare", false);
    CompletableFuture<TicketState> entered =
        Asked.begin(
            entering ->
                session
                    .spi()
                    .leaveAndEnter(
                        name,
                        old,
                        1,
                        ask,
                        new io.tyer.spi.Reply<>() {
                          @Override
                          public void done(Boolean value) {
                            left.complete(value);
                          }

                          @Override
                          public void failed(StoreException failure) {
                            left.completeExceptionally(failure);
                          }
                        },
                        entering));
    assertThat(get(left)).isTrue();
    assertThat(get(entered)).isEqualTo(new TicketState.Granted(2, false, 0));
    assertThat(state.effects()).containsExactly("open", "enter a", "leave a", "enter a");
  }
}
