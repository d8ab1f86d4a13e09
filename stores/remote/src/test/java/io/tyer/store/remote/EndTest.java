package io.tyer.store.remote;

import static io.tyer.store.remote.BareStore.TIMEOUT;
import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Event;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.remote.FakeServer.Deed;
import io.tyer.testkit.host.Await;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sessions and stores end, and what is told before. */
class EndTest {

  private final FakeState state = new FakeState();
  private FakeServer server;
  private BareStore store;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(state);
    store = new BareStore(TIMEOUT, server);
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
  void aDeadSessionIsToldAndStaysDead() throws Exception {
    BareStore.Session session = store.open();
    state.killAll();
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.SESSION_DEAD);
    assertThat(store.events()).hasSize(1).first().asString().startsWith("ended ");
    assertThat(failure(session.beat())).isEqualTo(Kind.SESSION_DEAD);
    assertThat(get(session.end())).isFalse();
    Await.until("its stream is gone", () -> server.streams() == 0);
    Object unused = get(store.open().enter("a"));
  }

  @Test
  void aSessionThatDiedMeanwhileIsFoundOutByTheAttach() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnter, Deed.IGNORE);
    CompletableFuture<?> waits = session.enter("a");
    Await.until("it is there", () -> server.received(ClientMessage::hasEnter).size() == 1);
    state.killAll();
    server.breakStreams();
    assertThat(failure(waits)).isEqualTo(Kind.SESSION_DEAD);
    assertThat(server.received(ClientMessage::hasEnter)).hasSize(1);
  }

  @Test
  void theServerMayEndIt() throws Exception {
    BareStore.Session session = store.open();
    server.always(ClientMessage::hasEnter, Deed.IGNORE);
    CompletableFuture<?> waits = session.enter("a");
    server.tell(Event.newBuilder().setEnded("its time is over").build());
    assertThat(failure(waits)).isEqualTo(Kind.SESSION_DEAD);
    Await.until("told", () -> store.events().equals(List.of("ended its time is over")));
  }

  @Test
  void eventsAreTold() throws Exception {
    Object unused = store.open();
    ByteString name = ByteString.copyFromUtf8("a");
    server.tell(Event.newBuilder().setChanged(name).build());
    server.tell(Event.newBuilder().setRecalled(name).build());
    server.tell(Event.newBuilder().setChanged(ByteString.copyFrom(new byte[] {-1})).build());
    Await.until(
        "told",
        () -> store.events().equals(List.of("changed a", "recalled a", "changed anywhere")));
  }

  @Test
  void anEndIsDoneOnceAlthoughItsReplyIsLost() throws Exception {
    BareStore.Session session = store.open();
    server.once(ClientMessage::hasEnd, Deed.DO_AND_BREAK);
    assertThat(get(session.end())).isFalse();
    assertThat(state.effects()).containsExactly("open", "end");
    assertThat(store.events()).isEmpty();
    assertThat(failure(session.enter("a"))).isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void anEndedSessionHasNoStream() throws Exception {
    BareStore.Session session = store.open();
    assertThat(get(session.end())).isTrue();
    Await.until("its stream is gone", () -> server.streams() == 0);
  }

  @Test
  void whoWaitsWhenTheStoreIsClosedIsTold() throws Exception {
    BareStore.Session session = store.open();
    server.always(message -> true, Deed.IGNORE);
    CompletableFuture<?> sent = session.enter("a");
    store.store().close();
    assertThat(failure(sent)).isEqualTo(Kind.UNKNOWN);
    assertThat(failure(session.enter("b"))).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure(store.opening())).isEqualTo(Kind.UNREACHABLE);
    Await.until("its stream is gone", () -> server.streams() == 0);
  }

  @Test
  void closingLeavesNoThread() throws Exception {
    Object unused = store.open();
    store.close();
    Await.until(
        "no thread is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("tyer-")));
  }
}
