package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.LockName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

  @Test
  void everyEntryComesBackAndHasOneForm() throws MalformedEntryException {
    Random random = new Random(11);
    for (int i = 0; i < 3_000; i++) {
      Entry entry = entry(random);
      byte[] bytes = EntryCodec.encode(entry);
      assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
    }
  }

  @Test
  void extremesComeBack() throws MalformedEntryException {
    long[] longs = {Long.MIN_VALUE, -1, 0, 1, 127, 128, Long.MAX_VALUE};
    List<Command> commands = new ArrayList<>();
    for (long value : longs) {
      Command.Place place = new Command.Place(value, -value);
      commands.add(new Command.Open(Machine.session(1), value, "\u00e9\uD83D\uDD12"));
      commands.add(
          new Command.Leave(Machine.session(1), place, Machine.A, Machine.request(1), value));
      commands.add(new Command.Revoke(Machine.A, OptionalLong.of(value), true));
      commands.add(new Command.List("", "x".repeat(1_000), (int) value));
    }
    Entry entry = new Entry(500, Long.MIN_VALUE, commands);
    assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
  }

  @Test
  void anyBytesAreAnEntryOrRefused() {
    Random random = new Random(12);
    int accepted = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] bytes;
      if (random.nextInt(4) == 0) {
        bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
          bytes[0] = 1;
        }
      } else {
        bytes = EntryCodec.encode(entry(random));
        for (int change = random.nextInt(3); change >= 0; change--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(2));
      }
      try {
        Entry entry = EntryCodec.decode(bytes);
        assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
        accepted++;
      } catch (MalformedEntryException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  @Test
  void promisesOfMuchTakeNoMemory() {
    byte[] bytes = Arrays.copyOf(EntryCodec.encode(new Entry(0, 0, List.of())), 15);
    System.arraycopy(new byte[] {-1, -1, -1, -1, 7}, 0, bytes, 10, 5);
    assertThatThrownBy(() -> EntryCodec.decode(bytes)).isInstanceOf(MalformedEntryException.class);
  }

  @Test
  void aNewerFormatIsRefusedAsSuch() {
    byte[] bytes = EntryCodec.encode(new Entry(0, 0, List.of()));
    bytes[0] = 4;
    assertThatThrownBy(() -> EntryCodec.decode(bytes))
        .isInstanceOfSatisfying(
            MalformedEntryException.class, e -> assertThat(e.newerFormat()).isTrue())
        .hasMessageContaining("upgrade this member");
    bytes[0] = 0;
    assertThatThrownBy(() -> EntryCodec.decode(bytes))
        .isInstanceOfSatisfying(
            MalformedEntryException.class, e -> assertThat(e.newerFormat()).isFalse());
  }

  @Test
  void textThatCouldNotBeReadAgainIsNoCommand() {
    assertThatThrownBy(() -> new Command.Open(Machine.session(1), 1_000, "\uD83D"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("owner");
    assertThatThrownBy(() -> new Command.List("a\uDD12", "", 1)).hasMessageContaining("prefix");
    assertThatThrownBy(() -> new Command.List("", "\uDD12", 1)).hasMessageContaining("after");
  }

  private static Entry entry(Random random) {
    RandomCommands commands = new RandomCommands(random, id -> random.nextBoolean());
    List<Command> some = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      some.add(commands.next());
    }
    return new Entry(random.nextInt(501), random.nextLong(), some);
  }

  @Test
  void namesAreWhatTheyAre() throws MalformedEntryException {
    Command check =
        new Command.Check(
            Machine.session(1), LockName.of("\uD83D\uDD12\u0000"), Machine.request(1), 0);
    Entry entry = new Entry(0, 0, List.of(check));
    assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
  }
}
