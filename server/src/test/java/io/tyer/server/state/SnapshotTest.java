package io.tyer.server.state;

import static io.tyer.server.state.Machine.A;
import static io.tyer.server.state.Machine.B;
import static io.tyer.server.state.Machine.exclusive;
import static io.tyer.server.state.Machine.keeping;
import static io.tyer.server.state.Machine.session;
import static io.tyer.server.state.Machine.shared;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private final Machine machine = new Machine();

  static byte[] saved(LockMachine machine) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    machine.save(out);
    return out.toByteArray();
  }

  static LockMachine restored(LockMachine machine) throws IOException {
    return LockMachine.restore(new ByteArrayInputStream(saved(machine)));
  }

  private static void refused(byte[] bytes, String what) {
    assertThatThrownBy(() -> LockMachine.restore(new ByteArrayInputStream(bytes)))
        .as(what)
        .isInstanceOf(SnapshotException.class);
  }

  /** Something of everything. */
  private void fill() {
    machine.open(1, 1_000);
    machine.pass(1_000);
    machine.open(2);
    machine.open(3);
    machine.enter(A, keeping(2, 20));
    machine.enter(A, exclusive(3, 30));
    machine.attempt(A, exclusive(3, 31));
    machine.enter(B, shared(2, 21, 1, 5));
    machine.enter(B, shared(3, 32, 5, 5));
    machine.apply(new Command.Revoke(A, OptionalLong.empty(), false));
    Command.Place place = new Command.Place(9, 3);
    machine.apply(new Command.Weaken(session(3), place, A, Machine.request(30), 0, 1, 1));
    machine.apply(
        new Command.Leave(session(3), new Command.Place(10, 3), A, Machine.request(9), 0));
    machine.apply(
        new Command.Weaken(session(3), new Command.Place(11, 3), B, Machine.request(9), 0, 1, 1));
  }

  @Test
  void anEmptyStateComesBack() throws IOException {
    assertThat(restored(new LockMachine()).hash()).isEqualTo(new LockMachine().hash());
  }

  @Test
  void theSameStateComesBack() throws IOException {
    fill();
    LockMachine restored = restored(machine.machine);
    assertThat(restored.sessions()).isEqualTo(2);
    assertThat(restored.tickets()).isEqualTo(4);
    assertThat(restored.hash()).isEqualTo(machine.machine.hash());
    assertThat(saved(restored)).isEqualTo(saved(machine.machine));
  }

  @Test
  void anythingElseHasAnotherHash() throws IOException {
    fill();
    byte[] before = machine.machine.hash();
    machine.entry(1);
    byte[] after = machine.machine.hash();
    assertThat(after).isNotEqualTo(before);
    machine.beat(3);
    assertThat(machine.machine.hash()).isNotEqualTo(after);
  }

  @Test
  void anImageDoesNotChangeWithTheState() throws IOException {
    fill();
    byte[] before = saved(machine.machine);
    Image image = machine.machine.image();
    byte[] hash = image.hash();
    machine.leave(A, keeping(2, 20));
    machine.enter(B, shared(2, 40, 1, 5));
    machine.beat(2);
    machine.apply(new Command.Revoke(B, OptionalLong.empty(), true));
    machine.apply(new Command.End(session(3)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    image.write(out);
    assertThat(out.toByteArray()).isEqualTo(before);
    assertThat(image.hash()).isEqualTo(hash).isNotEqualTo(machine.machine.hash());
  }

  @Test
  void damageAnywhereIsRefused() throws IOException {
    fill();
    byte[] right = saved(machine.machine);
    for (int i = 0; i < right.length; i++) {
      for (int bit : new int[] {1, 128}) {
        byte[] wrong = right.clone();
        wrong[i] ^= (byte) bit;
        refused(wrong, "byte " + i + " changed by " + bit);
      }
    }
  }

  @Test
  void whatIsCutOffIsRefused() throws IOException {
    fill();
    byte[] right = saved(machine.machine);
    for (int length = 0; length < right.length; length++) {
      refused(Arrays.copyOf(right, length), "cut to " + length);
    }
    refused(Arrays.copyOf(right, right.length + 1), "with a byte behind it");
  }

  @Test
  void recordsThatAreMissingOrExchangedAreRefusedByTheirChecksums() throws IOException {
    fill();
    byte[] right = saved(machine.machine);
    int first = 9 + 4 + ByteBuffer.wrap(right, 9, 4).getInt() + 4;
    int second = first + 4 + ByteBuffer.wrap(right, first, 4).getInt() + 4;
    int third = second + 4 + ByteBuffer.wrap(right, second, 4).getInt() + 4;
    ByteArrayOutputStream missing = new ByteArrayOutputStream();
    missing.write(right, 0, first);
    missing.write(right, second, right.length - second);
    refused(missing.toByteArray(), "without a session");
    ByteArrayOutputStream exchanged = new ByteArrayOutputStream();
    exchanged.write(right, 0, first);
    exchanged.write(right, second, third - second);
    exchanged.write(right, first, second - first);
    exchanged.write(right, third, right.length - third);
    refused(exchanged.toByteArray(), "with two sessions exchanged");
  }

  @Test
  void saysWhatItIsAndWhatToDo() throws IOException {
    byte[] newer = saved(new LockMachine());
    newer[8] = 4;
    assertThatThrownBy(() -> LockMachine.restore(new ByteArrayInputStream(newer)))
        .isInstanceOfSatisfying(SnapshotException.class, e -> assertThat(e.newerFormat()).isTrue())
        .hasMessageContaining("format 4")
        .hasMessageContaining("upgrade this member");
    assertThatThrownBy(
            () -> LockMachine.restore(new ByteArrayInputStream("something else".getBytes(UTF_8))))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("not a snapshot")
        .hasMessageContaining("directory");
    assertThatThrownBy(() -> LockMachine.restore(new ByteArrayInputStream(Arrays.copyOf(newer, 4))))
        .isInstanceOfSatisfying(SnapshotException.class, e -> assertThat(e.newerFormat()).isFalse())
        .hasMessageContaining("damaged")
        .hasMessageContaining("join again");
  }

  @Test
  void aRecordThatContradictsTheOthersIsRefusedThoughItsChecksumIsRight() throws IOException {
    machine.open(1);
    machine.enter(A, exclusive(1, 10));
    byte[] right = saved(machine.machine);
    byte[] id = new WireOut().putSession(session(1)).toBytes();
    int at = indexOf(right, id);
    byte[] wrong = right.clone();
    wrong[at + 15] ^= 1;
    refused(summed(wrong), "a ticket without its session");
    assertThat(summed(right)).isEqualTo(right);
  }

  @Test
  void randomBytesAreNoSnapshot() throws IOException {
    fill();
    byte[] right = saved(machine.machine);
    java.util.Random random = new java.util.Random(3);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] wrong = right.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = 9 + random.nextInt(wrong.length - 9);
        wrong[at] = (byte) (random.nextBoolean() ? random.nextInt() : wrong[at] + 1);
      }
      try {
        byte[] summed = summed(wrong);
        LockMachine read = LockMachine.restore(new ByteArrayInputStream(summed));
        assertThat(saved(read)).as("change %d", i).isEqualTo(summed);
        accepted++;
      } catch (SnapshotException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
    }
    assertThat(accepted).as("some differ in an owner or a time only").isGreaterThan(100);
  }

  @Test
  void whatCannotBeWrittenIsSaid() {
    fill();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatThrownBy(() -> machine.machine.save(full))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("no space left");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }

  /** With right checksums, as far as its records have lengths that can be. */
  private static byte[] summed(byte[] snapshot) {
    ByteBuffer bytes = ByteBuffer.wrap(snapshot.clone());
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), 0, 9);
    int at = 9;
    while (at + 8 <= snapshot.length) {
      long end = at + 4L + bytes.getInt(at);
      if (end < at + 4 || end + 4 > snapshot.length) {
        break;
      }
      sum.update(bytes.array(), at, (int) end - at);
      bytes.putInt((int) end, (int) sum.getValue());
      at = (int) end + 4;
    }
    return bytes.array();
  }
}
