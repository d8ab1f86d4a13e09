package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.SecretHash;
import io.tyer.server.access.TokenId;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the release without access tokens has written, kept here as it wrote it: entries and the
 * snapshot behind them. As long as no token is made, it can read all that this release writes.
 */
class EarlierFormatTest {

  private static byte[] written(String file) throws IOException {
    try (InputStream in = EarlierFormatTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  private static List<byte[]> entries() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(written("entries-1")))) {
      while (in.available() > 0) {
        entries.add(in.readNBytes(in.readInt()));
      }
    }
    assertThat(entries).hasSize(5);
    return entries;
  }

  @Test
  void itsEntriesMakeItsStateAndAreWrittenAsItDid() throws Exception {
    LockMachine machine = new LockMachine();
    for (byte[] bytes : entries()) {
      Entry entry = EntryCodec.decode(bytes);
      assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
      Applied unused = machine.apply(entry);
    }
    assertThat(SnapshotTest.saved(machine)).isEqualTo(written("snapshot-1"));
  }

  @Test
  void itsSnapshotIsReadAndGoesOn() throws IOException {
    byte[] snapshot = written("snapshot-1");
    LockMachine machine = LockMachine.restore(new ByteArrayInputStream(snapshot));
    assertThat(machine.sessions()).isEqualTo(2);
    assertThat(machine.tickets()).isEqualTo(3);
    assertThat(SnapshotTest.saved(machine)).isEqualTo(snapshot);
    apply(machine, new Command.CreateToken(token(), TokenId.NONE));
    byte[] newer = SnapshotTest.saved(machine);
    assertThat(newer[8]).as("the format").isEqualTo((byte) 2);
    LockMachine restored = LockMachine.restore(new ByteArrayInputStream(newer));
    assertThat(restored.tokens()).containsOnlyKeys(token().id());
    assertThat(restored.hash()).isEqualTo(machine.hash());
    apply(machine, new Command.RevokeToken(token().id(), TokenId.NONE));
    assertThat(SnapshotTest.saved(machine)[8]).as("sessions may have one").isEqualTo((byte) 2);
  }

  @Test
  void whatItCannotReadIsMarkedAsNewer() {
    List<Command> newer =
        List.of(
            new Command.CreateToken(token(), TokenId.NONE),
            new Command.RevokeToken(token().id(), TokenId.NONE),
            new Command.ListTokens(TokenId.NONE, 0, TokenId.NONE),
            new Command.Open(Machine.session(1), 1_000, "", token().id()),
            new Command.Attach(Machine.session(1), token().id()),
            new Command.List("", "", 0, token().id()));
    newer.forEach(command -> isMarked(command, 2));
    isMarked(new Command.Adopt(3), 3);
    isMarked(new Command.CreateToken(token("metrics"), TokenId.NONE), 3);
    isMarked(new Command.RaiseNumbers(1), 3);
    isMarked(new Command.CreateToken(token(1_000), TokenId.NONE), 3);
  }

  private static void isMarked(Command command, int format) {
    byte[] bytes = EntryCodec.encode(new Entry(0, 0, List.of(new Command.Tick(), command)));
    assertThat(bytes[0]).as(command.toString()).isEqualTo((byte) format);
    bytes[0]--;
    assertThatThrownBy(() -> EntryCodec.decode(bytes)).isInstanceOf(MalformedEntryException.class);
  }

  @Test
  void aStateIsWrittenAnewOnlyOnceTheMembersHaveAdoptedAVersion() throws IOException {
    LockMachine machine = LockMachine.restore(new ByteArrayInputStream(written("snapshot-1")));
    assertThat(machine.adopted()).isEqualTo(2);
    apply(machine, new Command.Adopt(3));
    byte[] newer = SnapshotTest.saved(machine);
    assertThat(newer[8]).as("the format").isEqualTo((byte) 3);
    LockMachine restored = LockMachine.restore(new ByteArrayInputStream(newer));
    assertThat(restored.adopted()).isEqualTo(3);
    assertThat(restored.hash()).isEqualTo(machine.hash());
  }

  @Test
  void aVersionThatIsNotKnownYetIsNotAdopted() {
    byte[] bytes = EntryCodec.encode(new Entry(0, 0, List.of(new Command.Adopt(4))));
    assertThatThrownBy(() -> EntryCodec.decode(bytes)).hasMessageContaining("upgrade this member");
    bytes[0] = 3;
    assertThatThrownBy(() -> EntryCodec.decode(bytes)).isInstanceOf(MalformedEntryException.class);
  }

  private static void apply(LockMachine machine, Command command) {
    Outcome outcome = machine.apply(new Entry(0, Machine.WALL, List.of(command))).outcomes().get(0);
    assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aTokenThatItCannotReadIsRefusedUntilItIsUpgraded() throws IOException {
    LockMachine machine = LockMachine.restore(new ByteArrayInputStream(written("snapshot-1")));
    Command create = new Command.CreateToken(token("read,metrics"), TokenId.NONE);
    Outcome outcome = machine.apply(new Entry(0, Machine.WALL, List.of(create))).outcomes().get(0);
    assertThat(outcome).isEqualTo(Outcome.Failed.notAdopted());
    apply(machine, new Command.Adopt(3));
    apply(machine, create);
    LockMachine restored =
        LockMachine.restore(new ByteArrayInputStream(SnapshotTest.saved(machine)));
    assertThat(restored.tokens()).containsValue(token("read,metrics"));
  }

  private static AccessToken token() {
    return token("acquire", 0);
  }

  private static AccessToken token(String grant) {
    return token(grant, 0);
  }

  private static AccessToken token(long bytes) {
    return token("acquire", bytes);
  }

  private static AccessToken token(String grant, long bytes) {
    return new AccessToken(
        new TokenId(5),
        new SecretHash(1, 2, 3, 4),
        "",
        List.of(Grant.parse(grant)),
        new Quotas(0, 0, 0, 0, bytes),
        0,
        0);
  }
}
