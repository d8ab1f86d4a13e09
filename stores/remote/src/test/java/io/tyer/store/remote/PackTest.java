package io.tyer.store.remote;

import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.protocol.v1.ClientMessage;
import io.tyer.spi.TicketState;
import io.tyer.store.remote.FakeServer.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that go out as one message. */
@Timeout(120)
class PackTest {

  private static final int MANY = 500;

  private final FakeState state = new FakeState();
  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(state);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Asks for many at once, and awaits them all. */
  private void enterMany() throws Exception {
    try (BareStore store = new BareStore(BareStore.TIMEOUT, server)) {
      BareStore.Session session = store.open();
      List<CompletableFuture<TicketState>> entering = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        entering.add(session.enter("a" + i));
      }
      for (CompletableFuture<TicketState> one : entering) {
        assertThat(get(one)).isInstanceOf(TicketState.Granted.class);
      }
    }
  }

  private void eachHasComeOnceInOrder() {
    List<Long> sequences =
        server.received(ClientMessage::hasEnter).stream().map(ClientMessage::getSequence).toList();
    assertThat(sequences).hasSize(MANY).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void manyThatComeTogetherGoTogether() throws Exception {
    state.takePacks();
    enterMany();
    eachHasComeOnceInOrder();
    assertThat(server.largest()).isBetween(2, 256);
  }

  @Test
  void aServerThatDoesNotKnowOfItGetsThemOneByOne() throws Exception {
    enterMany();
    eachHasComeOnceInOrder();
    assertThat(server.largest()).isEqualTo(1);
  }

  @Test
  void whatIsLostWithItsStreamIsSentAgain() throws Exception {
    state.takePacks();
    server.once(message -> message.hasEnter() && message.getSequence() > 100, Deed.BREAK);
    enterMany();
    assertThat(state.effects().stream().filter(effect -> effect.startsWith("enter ")))
        .as("each took effect once")
        .hasSize(MANY);
  }

  @Test
  void aFewGoOutOneByOne() throws Exception {
    state.takePacks();
    try (BareStore store = new BareStore(BareStore.TIMEOUT, server)) {
      BareStore.Session session = store.open();
      for (int i = 0; i < 20; i++) {
        Object unused = get(session.enter("a" + i));
      }
    }
    assertThat(server.largest()).isEqualTo(1);
  }
}
