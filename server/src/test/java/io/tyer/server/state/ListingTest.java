package io.tyer.server.state;

import static io.tyer.server.state.Machine.exclusive;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest {

  private final Machine machine = new Machine();

  @BeforeEach
  void open() {
    machine.open(1);
  }

  private Outcome.Listed list(String prefix, String after, int limit) {
    return (Outcome.Listed) machine.apply(new Command.List(prefix, after, limit));
  }

  private static List<String> names(Outcome.Listed listed) {
    return listed.lines().stream().map(view -> view.name().text()).toList();
  }

  private void enter(String... names) {
    for (String name : names) {
      machine.enter(LockName.of(name), exclusive(1, name.hashCode()));
    }
  }

  @Test
  void listsByTheBytesOfNames() {
    // U+FF01 is before U+1F512 in bytes, and behind it in UTF-16.
    enter("b", "\uFF01", "a", "\uD83D\uDD12", "ab", "B");
    assertThat(names(list("", "", 100)))
        .containsExactly("B", "a", "ab", "b", "\uFF01", "\uD83D\uDD12");
    assertThat(names(list("a", "", 100))).containsExactly("a", "ab");
    assertThat(names(list("c", "", 100))).isEmpty();
  }

  @Test
  void goesOnBehindAName() {
    enter("a1", "a2", "a3", "b1");
    Outcome.Listed first = list("a", "", 2);
    assertThat(names(first)).containsExactly("a1", "a2");
    assertThat(first.more()).isTrue();
    Outcome.Listed second = list("a", "a2", 2);
    assertThat(names(second)).containsExactly("a3");
    assertThat(second.more()).isFalse();
    assertThat(names(list("a", "a25", 0))).containsExactly("a3");
    assertThat(names(list("b", "a2", 0))).containsExactly("b1");
    assertThat(names(list("a", "b1", 0))).isEmpty();
    assertThat(list("a", "", 3).more()).isFalse();
  }

  @Test
  void saysHowTicketsStand() {
    machine.open(2);
    LockName name = LockName.of("a");
    machine.enter(name, exclusive(1, 10));
    machine.enter(name, exclusive(2, 20));
    LineView view = list("", "", 1).lines().get(0);
    assertThat(view.tickets())
        .extracting(Ticket::session)
        .containsExactly(Machine.session(1), Machine.session(2));
    assertThat(view.granted()).containsExactly(true, false);
  }

  @Test
  void isBounded() {
    for (int i = 0; i < 1_002; i++) {
      enter(String.format("n%04d", i));
    }
    Outcome.Listed listed = list("", "", Integer.MAX_VALUE);
    assertThat(listed.lines()).hasSize(1_000);
    assertThat(listed.more()).isTrue();
    assertThat(names(list("", "n0999", -1))).containsExactly("n1000", "n1001");
  }

  @Test
  void isBoundedInBytesWithinALineToo() {
    LockName name = LockName.of("a");
    String owner = "\u20ac".repeat(256);
    int enough = Bounds.MAX_LISTED_BYTES / (3 * 256);
    for (int i = 1; i <= enough; i++) {
      machine.enter(name, Ask.exclusive(Machine.session(1), new RequestId(7, i), owner, false));
    }
    enter("b");
    Outcome.Listed listed = list("", "", 0);
    assertThat(listed.more()).isTrue();
    assertThat(listed.lines()).hasSize(1);
    LineView view = listed.lines().get(0);
    assertThat(view.tickets()).hasSizeBetween(enough / 2, enough - 1);
    assertThat(view.tickets().get(0).owner()).isEqualTo(owner);
    assertThat(view.omitted()).isEqualTo(enough - view.tickets().size());
    assertThat(view.granted()).hasSameSizeAs(view.tickets()).startsWith(true, false);
    assertThat(list("", "a", 0).lines())
        .singleElement()
        .satisfies(next -> assertThat(next.name().text()).isEqualTo("b"))
        .extracting(LineView::omitted)
        .isEqualTo(0);
  }

  @Test
  void refusesWhatNoNameCanBe() {
    assertThat(machine.apply(new Command.List("x".repeat(600), "", 1)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.message()).contains("512 bytes"));
  }
}
