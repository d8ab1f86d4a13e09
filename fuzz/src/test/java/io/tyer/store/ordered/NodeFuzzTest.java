package io.tyer.store.ordered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.line.Ticket;
import io.tyer.spi.SessionEvents;

/** What nodes say: written again as it was read, or refused; and what sessions are told. */
class NodeFuzzTest {

  @FuzzTest
  void label(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    try {
      Label label = Label.read(text);
      assertThat(label.write()).isEqualTo(text);
      assertThat(Label.isOf(text, label.session(), label.request())).isTrue();
      Ticket ticket = new Row(new OrderedNode("", text, null), label, null, Note.UNREAD).ticket(1);
      assertThat(ticket.exclusive()).isEqualTo(label.exclusive());
    } catch (Malformed e) {
      Refusals.explains(e, bytes.length);
    }
  }

  @FuzzTest
  void note(byte[] bytes) {
    try {
      assertThat(Note.read(bytes).write()).isEqualTo(bytes);
    } catch (Malformed e) {
      Refusals.explains(e, bytes.length);
    }
  }

  /** Whatever comes is passed on, if only as that anything may have changed. */
  @FuzzTest
  void hint(byte[] bytes) {
    Hint.pass(bytes, SessionEvents.none());
  }
}
