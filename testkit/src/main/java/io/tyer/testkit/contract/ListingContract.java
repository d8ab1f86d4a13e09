package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedReadWriteLock;
import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.host.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an operator sees of the locks. */
public abstract class ListingContract extends ContractTest {

  @Test
  @Shows(API)
  void nothingIsListedWhereNothingIsHeld() throws Exception {
    Tyer one = client();
    assertThat(one.operator().locks("")).isEmpty();
    String a = name("a");
    one.lock(a).acquire().close();
    assertThat(one.operator().locks("")).isEmpty();
    try (Lease held = client().lock(a).acquire()) {
      assertThat(one.lock(a).tryAcquire().asOptional()).isEmpty();
      assertThat(one.operator().locks("")).extracting(LockView::name).containsExactly(held.name());
      assertThat(inLine(one, a)).isEqualTo(1);
    }
    assertThat(one.operator().locks("")).isEmpty();
  }

  @Test
  @Shows(API)
  void holderAndWaitersAreListedInOrder() throws Exception {
    String a = name("a");
    Tyer one = client();
    Lease held = one.lock(a).acquire();
    List<CompletableFuture<Lease>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(client().lock(a).labelled("waiter " + i).acquireAsync());
      awaitLine(one, a, i + 2);
    }
    List<LockView.Place> line = Line.of(client(), a);
    assertThat(line).extracting(LockView.Place::granted).containsExactly(true, false, false, false);
    assertThat(line).extracting(LockView.Place::owner).endsWith("waiter 0", "waiter 1", "waiter 2");
    assertThat(line).extracting(LockView.Place::number).isSorted().doesNotHaveDuplicates();
    assertThat(line).extracting(LockView.Place::session).doesNotHaveDuplicates();
    assertThat(line).noneMatch(LockView.Place::revoked);
    assertThat(held.token()).isBetween(line.get(0).token(), line.get(0).token() + 4095);
    held.close();
    for (CompletableFuture<Lease> each : waiting) {
      get(each).close();
    }
  }

  @Test
  @Shows(API)
  void theKindOfEachTicketIsTold() throws Exception {
    Tyer one = client();
    String a = name("a");
    DistributedReadWriteLock lock = one.readWriteLock(a);
    try (Lease writer = lock.writeLock().acquire()) {
      assertThat(Line.of(one, a))
          .singleElement()
          .matches(place -> place.exclusive() && place.permits() == 1 && place.capacity() == 0);
      writer.downgrade();
      assertThat(Line.of(one, a))
          .singleElement()
          .matches(place -> !place.exclusive() && place.permits() == 1 && place.capacity() == 0);
    }
    try (Lease reader = lock.readLock().acquire()) {
      assertThat(reader.isValid()).isTrue();
      assertThat(Line.of(one, a))
          .singleElement()
          .matches(place -> !place.exclusive() && place.permits() == 1 && place.capacity() == 0);
    }
    try (Lease permits = one.semaphore(a, 7).taking(3).acquire()) {
      assertThat(permits.isValid()).isTrue();
      assertThat(Line.of(one, a))
          .singleElement()
          .matches(place -> !place.exclusive() && place.permits() == 3 && place.capacity() == 7);
    }
  }

  @Test
  @Shows(API)
  void labelsAreShownAndControlCharactersAreBlanks() throws Exception {
    String a = name("a");
    Tyer one = open(seat().client().ttl(LONG).option(TyerOption.OWNER, "büro 東京 \uD83D\uDE80"));
    try (Lease held = one.lock(a).acquire()) {
      assertThat(held.isValid()).isTrue();
      assertThat(Line.of(client(), a))
          .extracting(LockView.Place::owner)
          .containsExactly("büro 東京 \uD83D\uDE80");
    }
    try (Lease held = one.lock(a).labelled("night\nrun\t'\"\\%").acquire()) {
      assertThat(held.isValid()).isTrue();
      assertThat(Line.of(client(), a))
          .extracting(LockView.Place::owner)
          .containsExactly("night run '\"\\%");
    }
    String longest = "x".repeat(256);
    try (Lease held = one.lock(a).labelled(longest).acquire()) {
      assertThat(held.isValid()).isTrue();
      assertThat(Line.of(client(), a)).extracting(LockView.Place::owner).containsExactly(longest);
    }
  }

  @Test
  @Shows(API)
  void aLockIsSeenByItself() throws Exception {
    String name = name("seen");
    Tyer one = client();
    assertThat(one.lock(name).view().line()).isEmpty();
    try (Lease held = client().lock(name).acquire();
        Lease stranger = client().lock(name + "/b").acquire()) {
      assertThat(one.lock(name).view().name()).isEqualTo(name);
      assertThat(one.lock(name).view().line())
          .singleElement()
          .matches(place -> place.granted() && place.token() <= held.token());
      assertThat(stranger.isValid()).isTrue();
    }
    assertThat(one.lock(name).view().line()).isEmpty();
  }

  @Test
  @Shows(API)
  void aPrefixSelectsAndNamesAreInTheOrderOfTheirBytes() throws Exception {
    Tyer one = client();
    String p = name("p");
    List<Lease> leases = new ArrayList<>();
    // In UTF-16 the last two would be the other way round.
    List<String> ordered =
        List.of(p, p + "/A", p + "/B", p + "/a", p + "/ä", p + "/\uFF5E", p + "/\uD83D\uDE00");
    for (int i = ordered.size() - 1; i >= 0; i--) {
      leases.add(one.lock(ordered.get(i)).acquire());
    }
    leases.add(one.lock(name("q")).acquire());
    Tyer two = client();
    assertThat(two.operator().locks(p))
        .extracting(LockView::name)
        .containsExactlyElementsOf(ordered);
    assertThat(two.operator().locks(p + "/")).hasSize(6);
    assertThat(two.operator().locks(p + "/a")).extracting(LockView::name).containsExactly(p + "/a");
    assertThat(two.operator().locks(p + "/x")).isEmpty();
    assertThat(two.operator().locks("/")).as("not a beginning").isEmpty();
    assertThat(two.operator().locks("")).hasSize(8);
    leases.forEach(Lease::close);
  }

  @Test
  @Shows(API)
  void aTicketThatMayBeKeptUnderBiasIsShownAsSuch() throws Exception {
    require(Feature.TELLS);
    String a = name("a");
    Tyer one = client();
    one.lock(a).biased(true).acquire().close();
    assertThat(Line.of(client(), a)).singleElement().matches(LockView.Place::biased);
    String b = name("b");
    try (Lease held = one.lock(b).acquire()) {
      assertThat(held.isValid()).isTrue();
      assertThat(Line.of(client(), b)).singleElement().matches(place -> !place.biased());
    }
  }

  @Test
  @Shows(API)
  void aListingDuringChurnShowsLinesAsTheyWere() throws Exception {
    String churn = name("churn");
    AtomicBoolean over = new AtomicBoolean();
    List<Callers.Calling<Boolean>> callings = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      Tyer one = client();
      int start = c;
      callings.add(
          call(
              () -> {
                for (int i = start; !over.get(); i++) {
                  one.lock(churn + i % 5).acquire().close();
                  one.readWriteLock(churn + "rw").readLock().acquire().close();
                }
                return true;
              }));
    }
    Tyer operator = client();
    int seen = 0;
    // As many as it takes until the others have begun.
    long until = System.nanoTime() + Await.LONG.toNanos();
    for (int i = 0; i < 100 || (seen == 0 && System.nanoTime() - until < 0); i++) {
      for (LockView view : operator.operator().locks(churn)) {
        seen++;
        assertThat(view.line()).isNotEmpty();
        assertThat(view.line().get(0).granted()).as("the first in line is granted").isTrue();
        if (view.line().get(0).exclusive()) {
          assertThat(view.line().stream().filter(LockView.Place::granted)).hasSize(1);
        }
      }
    }
    over.set(true);
    assertThat(seen).as("lines seen in all listings").isPositive();
    for (Callers.Calling<Boolean> calling : callings) {
      assertThat(get(calling.outcome)).isTrue();
    }
  }

  @Test
  @Shows(value = API, under = Fault.REFUSED)
  void anUnreachableStoreIsNotAnEmptyOne() {
    Seat seat = seat();
    Tyer one = open(seat.client().ttl(LONG).option(TyerOption.OPERATION_TIMEOUT, "500ms"));
    seat.link(LinkState.REFUSING);
    assertThatThrownBy(() -> one.operator().locks(""))
        .isInstanceOf(StoreUnreachableException.class);
    seat.link(LinkState.CUT);
    assertThatThrownBy(() -> one.operator().locks(""))
        .isInstanceOfAny(StoreUnreachableException.class, OutcomeUnknownException.class);
    seat.link(LinkState.SOUND);
    Tyer two = client();
    assertThat(two.operator().locks("")).isEmpty();
  }
}
