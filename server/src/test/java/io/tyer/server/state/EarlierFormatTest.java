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
    for (Command command : newer) {
      byte[] bytes = EntryCodec.encode(new Entry(0, 0, List.of(new Command.Tick(), command)));
      assertThat(bytes[0]).as(command.toString()).isEqualTo((byte) 2);
      bytes[0] = 1;
      assertThatThrownBy(() -> EntryCodec.decode(bytes))
          .isInstanceOf(MalformedEntryException.class);
    }
  }

  private static void apply(LockMachine machine, Command command) {
    Outcome outcome = machine.apply(new Entry(0, Machine.WALL, List.of(command))).outcomes().get(0);
    assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
  }

  private static AccessToken token() {
    return new AccessToken(
        new TokenId(5),
        new SecretHash(1, 2, 3, 4),
        "",
        List.of(Grant.parse("acquire")),
        Quotas.NONE,
        0,
        0);
  }
}
