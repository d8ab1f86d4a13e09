package io.tyer.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tyer.fuzz.Refusals;
import io.tyer.line.SessionId;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.server.access.TokenId;
import io.tyer.server.state.Applied;
import io.tyer.server.state.Command;
import io.tyer.server.state.Entry;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.LockMachine;
import io.tyer.server.state.MalformedEntryException;
import io.tyer.server.state.Outcome;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whatever message a client sends is refused in words, or is a command that can be written down,
 * read again, applied by every member alike, and answered.
 */
class RequestFuzzTest {

  private static final TokenId BY = new TokenId(7);
  private static final SessionId SESSION = new SessionId(1, 2);
  private static final long WALL = 1_790_000_000_000L;

  @FuzzTest
  void ofASession(byte[] bytes) throws MalformedEntryException {
    ClientMessage message;
    try {
      message = ClientMessage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException unreadable) {
      return;
    }
    takeOrRefuse(bytes, () -> Requests.command(SESSION, message, BY), true);
  }

  @FuzzTest
  void list(byte[] bytes) throws MalformedEntryException {
    ListRequest request;
    try {
      request = ListRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException unreadable) {
      return;
    }
    takeOrRefuse(bytes, () -> Requests.list(request, BY), false);
  }

  @FuzzTest
  void revoke(byte[] bytes) throws MalformedEntryException {
    RevokeRequest request;
    try {
      request = RevokeRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException unreadable) {
      return;
    }
    takeOrRefuse(bytes, () -> Requests.revoke(request, BY), false);
  }

  private static void takeOrRefuse(byte[] bytes, Supplier<Command> conversion, boolean ofSession)
      throws MalformedEntryException {
    Command command;
    try {
      command = conversion.get();
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, bytes.length);
      return;
    }
    Entry entry =
        new Entry(10, WALL, List.of(new Command.Open(SESSION, 10_000, "fuzz"), command, command));
    Entry read = EntryCodec.decode(EntryCodec.encode(entry));
    assertThat(read).isEqualTo(entry);
    LockMachine here = new LockMachine();
    LockMachine there = new LockMachine();
    Applied applied = here.apply(entry);
    assertThat(there.apply(read)).isEqualTo(applied);
    assertThat(there.hash()).isEqualTo(here.hash());
    for (Outcome outcome : applied.outcomes()) {
      if (ofSession) {
        assertThat(Replies.reply(1, outcome).getOutcomeCase().getNumber()).isPositive();
      }
    }
    applied.notices().forEach(notice -> assertThat(Replies.event(notice)).isNotNull());
  }
}
