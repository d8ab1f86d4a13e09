package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.LineView;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import io.tyer.testkit.contract.BareSession.Taken;
import io.tyer.testkit.host.Await;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only the session that took a ticket touches it; and whoever repeats a request finds its own. */
public abstract class OwnershipContract extends ContractTest {

  private BareClient one;
  private BareClient two;
  private Seat place;

  @BeforeEach
  void openClients() throws Exception {
    place = seat();
    one = new BareClient(place);
    two = new BareClient(seat());
  }

  @AfterEach
  void closeClients() {
    one.close();
    two.close();
  }

  private void assertLine(String name, Taken... tickets) throws Exception {
    List<LineView> views = one.list(name);
    List<Long> numbers =
        views.stream().flatMap(view -> view.tickets().stream()).map(t -> t.number()).toList();
    assertThat(numbers).isEqualTo(List.of(tickets).stream().map(Taken::number).toList());
  }

  @Test
  @Shows(S3)
  void nobodyElseGivesATicketBack() throws Exception {
    String name = name("foreign");
    BareSession owner = one.open();
    Taken taken = owner.enter(name);
    for (BareSession stranger : List.of(one.open(), two.open())) {
      assertThat(stranger.leave(taken)).isFalse();
      assertThat(stranger.leave(taken, 0)).as("by the request alone").isFalse();
      assertThat(stranger.leave(new Taken(taken.name(), one.newRequest(), taken.number())))
          .as("by the number alone")
          .isFalse();
    }
    assertLine(name, taken);
    assertThat(owner.check(taken)).isInstanceOf(TicketState.Granted.class);
    assertThat(owner.leave(taken)).isTrue();
    assertLine(name);
  }

  @Test
  @Shows(S3)
  void nobodyElseGivesAWaitingTicketBack() throws Exception {
    String name = name("waiting");
    BareSession holder = one.open();
    BareSession waiter = two.open();
    Taken held = holder.enter(name);
    Taken waiting = waiter.enter(name);
    assertThat(holder.leave(waiting)).isFalse();
    assertThat(waiter.leave(held)).isFalse();
    assertLine(name, held, waiting);
  }

  @Test
  @Shows({S3, S1})
  void aRepeatedLeaveTakesNothingFromWhoCameNext() throws Exception {
    String name = name("repeated");
    BareSession first = one.open();
    BareSession second = two.open();
    Taken held = first.enter(name);
    Taken next = second.enter(name);
    assertThat(first.leave(held)).isTrue();
    assertThat(second.check(next)).isInstanceOf(TicketState.Granted.class);
    for (int i = 0; i < 3; i++) {
      assertThat(first.leave(held)).isFalse();
      assertThat(first.leave(held, 0)).isFalse();
    }
    assertThat(second.check(next)).isInstanceOf(TicketState.Granted.class);
    assertLine(name, next);
  }

  @Test
  @Shows({S3, S1})
  void aLateLeaveTakesNothingFromALaterTicketOfItsOwnSession() throws Exception {
    String name = name("late");
    BareSession session = one.open();
    Taken before = session.enter(name);
    assertThat(session.leave(before)).isTrue();
    Taken later = session.enter(name);
    assertThat(session.leave(before)).isFalse();
    assertThat(session.leave(before, 0)).isFalse();
    assertLine(name, later);
  }

  @Test
  @Shows(
      value = {S3, L2},
      under = Fault.LOST_REPLY)
  void aLostEnterIsTakenBackByItsRequest() throws Exception {
    String name = name("lost");
    BareSession owner = one.open();
    LockName lock = LockName.of(name);
    RequestId request = one.newRequest();
    place.loseNextReply();
    Callers.Calling<TicketState> lost = call(() -> owner.enter(lock, request, owner.id(), false));
    Await.until("taken", () -> !two.list(name).isEmpty());
    Taken unanswered = new Taken(lock, request, 0);
    assertThat(two.open().leave(unanswered)).as("by a stranger").isFalse();
    assertThat(owner.leave(unanswered)).isTrue();
    assertThat(owner.leave(unanswered)).isFalse();
    assertLine(name);
    lost.interrupt();
    assertThat(Outcomes.failure(lost.outcome))
        .isInstanceOfAny(InterruptedException.class, TimeoutException.class);
  }

  @Test
  @Shows(S3)
  void whatIsLeftBeforeItCameIsNotThere() throws Exception {
    String name = name("never");
    BareSession session = one.open();
    Taken never = new Taken(LockName.of(name), one.newRequest(), 0);
    assertThat(session.leave(never)).isFalse();
    assertThat(session.check(never)).isInstanceOf(TicketState.Gone.class);
    assertThat(session.weaken(never)).isInstanceOf(TicketState.Gone.class);
    assertLine(name);
  }

  @Test
  @Shows(S3)
  void nobodyElseWeakensATicketOrLearnsHowItStands() throws Exception {
    String name = name("weaken");
    BareSession owner = one.open();
    Taken taken = owner.enter(name);
    for (BareSession stranger : List.of(one.open(), two.open())) {
      assertThat(stranger.weaken(taken)).isInstanceOf(TicketState.Gone.class);
      assertThat(stranger.check(taken)).isInstanceOf(TicketState.Gone.class);
    }
    assertThat(one.list(name).get(0).tickets().get(0).exclusive()).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThat(owner.weaken(taken)).isInstanceOf(TicketState.Granted.class);
      assertThat(one.list(name).get(0).tickets().get(0).exclusive()).isFalse();
    }
  }

  @Test
  @Shows({S3, L2})
  void aRepeatedEnterFindsItsOwnTicket() throws Exception {
    String name = name("again");
    BareSession first = one.open();
    BareSession second = two.open();
    Taken held = first.enter(name);
    Taken waiting = second.enter(name);
    for (boolean onlyIfFree : new boolean[] {false, true}) {
      assertThat(BareSession.number(first.enterAgain(held, onlyIfFree))).isEqualTo(held.number());
      TicketState again = second.enterAgain(waiting, onlyIfFree);
      assertThat(again).isInstanceOf(TicketState.Waiting.class);
      assertThat(BareSession.number(again)).isEqualTo(waiting.number());
    }
    assertLine(name, held, waiting);
    assertThat(first.leave(held)).isTrue();
    TicketState granted = second.enterAgain(waiting, false);
    assertThat(granted).isInstanceOf(TicketState.Granted.class);
    assertThat(BareSession.number(granted)).isEqualTo(waiting.number());
  }

  @Test
  @Shows(S3)
  void anothersRequestFindsNoTicket() throws Exception {
    String name = name("request");
    BareSession owner = one.open();
    BareSession stranger = two.open();
    Taken taken = owner.enter(name);
    // A store refuses, or knows requests by their session: then it is a ticket like any other.
    boolean tookAnother = false;
    try {
      TicketState own = stranger.enterAgain(taken, false);
      assertThat(own).isInstanceOf(TicketState.Waiting.class);
      assertThat(BareSession.number(own)).isGreaterThan(taken.number());
      tookAnother = true;
    } catch (StoreException refused) {
      assertLine(name, taken);
    }
    assertThat(stranger.leave(taken)).isEqualTo(tookAnother);
    assertLine(name, taken);
    assertThat(stranger.leave(taken)).isFalse();
    assertLine(name, taken);
  }

  @Test
  @Shows(S3)
  void nobodyTakesATicketInAnothersName() throws Exception {
    String name = name("name");
    BareSession victim = one.open();
    BareSession stranger = two.open();
    LockName lock = LockName.of(name);
    RequestId request = two.newRequest();
    assertThatThrownBy(() -> stranger.enter(lock, request, victim.id(), false))
        .isInstanceOf(StoreException.class);
    assertLine(name);
  }

  @Test
  @Shows({S3, S1})
  void anEndedSessionDoesNothingAnyMore() throws Exception {
    String name = name("ended");
    BareSession ended = one.open();
    BareSession other = two.open();
    Taken taken = ended.enter(name);
    Taken next = other.enter(name);
    assertThat(ended.end()).isTrue();
    assertThat(other.check(next)).isInstanceOf(TicketState.Granted.class);
    assertDead(ended::beat);
    assertDead(() -> ended.enter(name));
    assertDead(() -> ended.enterAgain(taken, true));
    assertDead(() -> ended.leave(taken));
    assertDead(() -> ended.leave(taken, 0));
    assertDead(() -> ended.weaken(taken));
    assertDead(() -> ended.check(taken));
    assertLine(name, next);
    assertThat(other.beat()).isNotNull();
  }

  private static void assertDead(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.SESSION_DEAD));
  }

  @Test
  @Shows(S3)
  void endingASessionTakesItsOwnTicketsAndNoOthers() throws Exception {
    String name = name("ends");
    BareSession ended = one.open();
    BareSession sibling = one.open();
    Taken held = sibling.enter(name);
    Taken gone = ended.enter(name);
    Taken waiting = two.open().enter(name);
    assertLine(name, held, gone, waiting);
    assertThat(ended.end()).isTrue();
    assertLine(name, held, waiting);
    assertThatCode(ended::end).as("repeated").doesNotThrowAnyException();
    assertLine(name, held, waiting);
    assertThat(sibling.check(held)).isInstanceOf(TicketState.Granted.class);
  }

  @Test
  @Shows(S3)
  void aSecretOpensOneSessionOnly() throws Exception {
    String name = name("twice");
    SessionSecret secret = one.newSecret();
    BareSession session = one.open(secret);
    Taken taken = session.enter(name);
    assertThatThrownBy(() -> two.open(secret)).isInstanceOf(StoreException.class);
    assertThat(session.beat()).isNotNull();
    assertThat(session.check(taken)).isInstanceOf(TicketState.Granted.class);
    assertThat(session.end()).isTrue();
    assertLine(name);
  }

  @Test
  @Shows(S3)
  void nothingThatOthersSeeCarriesTheSecret() throws Exception {
    String name = name("secret");
    SessionSecret secret = one.newSecret();
    BareSession session = one.open(secret);
    Taken taken = session.enter(name);
    byte[] bits = secret.reveal();
    assertThat(bits).as("128 bits").hasSize(16);
    String hex = HexFormat.of().formatHex(bits);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bits);
    List<String> seen =
        List.of(
            two.list(name).toString(),
            client().operator().locks(name).toString(),
            secret.toString(),
            session.id().toString());
    assertThat(seen.get(0)).contains(session.id().toString(), Long.toString(taken.number()));
    assertThat(seen.get(1)).contains(session.id().toString());
    assertThat(seen)
        .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(hex))
        .noneMatch(text -> text.contains(base64));
    assertThat(session.id()).isEqualTo(secret.publicId());
  }
}
