package io.tyer.store.remote;

import static io.tyer.store.remote.BareStore.TIMEOUT;
import static io.tyer.testkit.contract.Asked.begin;
import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import io.tyer.store.remote.FakeServer.Deed;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several members, of which one leads. */
class LeaderTest {

  private final FakeState state = new FakeState();
  private FakeServer first;
  private FakeServer second;
  private FakeServer third;

  @BeforeEach
  void start() throws Exception {
    first = new FakeServer(state);
    second = new FakeServer(state);
    third = new FakeServer(state);
    leads(third, first, second);
  }

  @AfterEach
  void stop() {
    List.of(first, second, third).forEach(FakeServer::close);
  }

  private static void leads(FakeServer leader, FakeServer... followers) {
    leader.lead();
    for (FakeServer follower : followers) {
      follower.follow(leader.at());
    }
  }

  @Test
  void oneAddressIsEnough() throws Exception {
    try (BareStore store = new BareStore(TIMEOUT, first)) {
      Object unused = get(store.open().enter("a"));
      assertThat(third.received(ClientMessage::hasEnter)).hasSize(1);
      assertThat(first.received(ClientMessage::hasEnter)).isEmpty();
    }
  }

  @Test
  void whoLosesTheLeadSendsItsSessionsOnAndNothingIsDoneTwice() throws Exception {
    try (BareStore store = new BareStore(TIMEOUT, first, second, third)) {
      BareStore.Session session = store.open();
      third.once(ClientMessage::hasEnter, Deed.DO_SILENTLY);
      RequestId request = session.newRequest();
      CompletableFuture<TicketState> entered = session.enter("a", request);
      Await.until("it arrived", () -> state.effects().contains("enter a"));
      leads(second, first, third);
      assertThat(get(entered)).isEqualTo(new TicketState.Granted(1, false, 0));
      assertThat(state.effects()).containsExactly("open", "enter a");
      assertThat(second.received(ClientMessage::hasAttach)).hasSize(1);
      assertThat(store.events()).contains("granted a 1", "changed anywhere");
    }
  }

  @Test
  void aRecallThatFellIntoAnElectionIsToldByTheNextLeader() throws Exception {
    try (BareStore store = new BareStore(TIMEOUT, first, second, third)) {
      Object unused = get(store.open().enter("a"));
      state.recallAll();
      leads(second, first, third);
      Await.until("it is told", () -> store.events().contains("recalled a"));
    }
  }

  @Test
  void theLeaderIsKilledAndTheNextIsFound() throws Exception {
    try (BareStore store = new BareStore(TIMEOUT, first, second, third)) {
      BareStore.Session session = store.open();
      Object unused = get(session.enter("a"));
      // They do not know it yet.
      third.close();
      CompletableFuture<TicketState> entered = session.enter("b");
      first.follow("");
      second.follow("");
      int before = second.opened();
      Await.until("they were asked", () -> second.opened() > before);
      leads(second, first);
      assertThat(get(entered)).isInstanceOf(TicketState.Granted.class);
    }
  }

  @Test
  void membersThatPointToEachOtherAreNotAskedInALoop() throws Exception {
    try (BareStore store = new BareStore(Duration.ofSeconds(1), first, second)) {
      first.follow(second.at());
      second.follow(first.at());
      // Unknown if the time-out falls between a question and its answer.
      assertThatThrownBy(store::open)
          .isInstanceOfSatisfying(
              StoreException.class,
              failure ->
                  assertThat(failure.kind())
                      .isIn(StoreException.Kind.UNREACHABLE, StoreException.Kind.UNKNOWN));
      assertThat(first.opened() + second.opened()).isBetween(4, 40);
      leads(first, second);
      Object unused = get(store.open().enter("a"));
    }
  }

  @Test
  void aLeaderThatFallsSilentIsLeftForTheNext() throws Exception {
    try (BareStore store = new BareStore(Duration.ofSeconds(4), first, second, third)) {
      BareStore.Session session = store.open();
      third.fallSilent();
      first.follow(second.at());
      second.lead();
      assertThat(get(session.enter("a"))).isInstanceOf(TicketState.Granted.class);
      assertThat(second.received(ClientMessage::hasEnter)).hasSize(1);
    }
  }

  @Test
  void aHintToAnotherMachineIsNotFollowedInPlainText() throws Exception {
    first.follow("192.0.2.1:7878");
    try (BareStore store = new BareStore(TIMEOUT, first)) {
      var opening = store.opening();
      Await.until("it was asked again", () -> first.opened() > 2);
      first.follow(third.at());
      assertThat(get(opening)).isNotNull();
    }
  }

  @Test
  void operatorsAreSentToTheLeader() throws Exception {
    try (BareStore store = new BareStore(TIMEOUT, first, second)) {
      List<LineView> lines = get(begin(reply -> store.store().list("", reply)));
      assertThat(lines).extracting(line -> line.name().text()).containsExactly("a", "b", "c");
      int revoked =
          get(
              begin(
                  reply ->
                      store.store().revoke(LockName.of("a"), OptionalLong.empty(), false, reply)));
      assertThat(revoked).isEqualTo(2);
    }
  }

  @Test
  void aRevokeWithoutAnAnswerIsUnknown() throws Exception {
    try (BareStore store = new BareStore(Duration.ofSeconds(1), third)) {
      Object unused = store.open();
      third.fallSilent();
      CompletableFuture<Integer> revoked =
          begin(reply -> store.store().revoke(LockName.of("a"), OptionalLong.of(1), true, reply));
      assertThatThrownBy(() -> get(revoked))
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNKNOWN));
    }
  }

  @Test
  void theDiagnosisNamesTheMembers() {
    try (var surroundings = new io.tyer.surroundings.SystemSurroundings(null)) {
      Diagnosis diagnosis =
          new RemoteLineStoreProvider()
              .diagnose(
                  StoreAddress.parse("tyer://" + first.at() + "?plaintext=true"),
                  new Settings(surroundings, TIMEOUT, TIMEOUT, TIMEOUT));
      assertThat(diagnosis.openable()).isTrue();
      assertThat(diagnosis.findings())
          .extracting(Finding::text)
          .anySatisfy(text -> assertThat(text).contains(first.at() + " is member"))
          .anySatisfy(text -> assertThat(text).contains(third.at()).contains("and leads"));
    }
  }
}
