package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.LockView;
import io.tyer.LockView.Place;
import io.tyer.command.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Names and owners from elsewhere, as they are shown. */
class ShownFuzzTest {

  @FuzzTest
  void onATerminal(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    String shown = Printable.text(text);
    assertThat(shown.chars()).noneMatch(Character::isISOControl);
    assertThat(Printable.text(shown)).isEqualTo(shown);
    assertThat(Printable.columns(shown)).isBetween(0, shown.length());
    Ages ages = Ages.asOf(Instant.EPOCH);
    List<LockView> locks = List.of(view(text));
    assertThat(LocksTable.text(locks, ages, false).split("\n", -1)).hasSize(4);
    assertThat(new WaitText("a", text, ages).line(locks.get(0), true)).startsWith("waiting for a");
  }

  @FuzzTest
  void asJson(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    String json = LocksJson.text(text, List.of(view(text)));
    assertThat(ReadJson.strings(json)).filteredOn(text::equals).hasSizeGreaterThanOrEqualTo(3);
  }

  private static LockView view(String text) {
    Place holder = new Place(1, true, true, 1, 0, text, "s", Instant.EPOCH, false, false);
    Place waiter = new Place(2, false, false, 2, 5, text, "s", Instant.MAX, true, true);
    return new LockView(text, List.of(holder, waiter));
  }

  @FuzzTest
  void age(FuzzedDataProvider in) {
    long seconds = in.consumeLong();
    assertThat(Ages.text(Duration.ofSeconds(seconds))).matches("\\d+[dhms](\\d+[hms])?");
    Instant moment =
        Instant.ofEpochSecond(
            in.consumeLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    assertThat(Ages.asOf(Instant.EPOCH).since(moment)).isNotEmpty();
  }
}
