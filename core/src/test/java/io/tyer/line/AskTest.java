package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** What may be asked for, and what a ticket and its ids may be. */
class AskTest {

  private static final SessionId SESSION = new SessionId(1, 2);
  private static final RequestId REQUEST = new RequestId(3, 4);

  @Test
  void anExclusiveOneHasWeightAndCapacityOne() {
    Ask ask = Ask.exclusive(SESSION, REQUEST, "me", true);
    assertThat(ask).isEqualTo(new Ask(SESSION, REQUEST, "me", true, 1, 1, true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ask(SESSION, REQUEST, "me", true, 1, 2, false))
        .withMessageContaining("weight 1 and capacity 1, not 1 and 2");
  }

  @Test
  void aSharedOneTakesOneToItsCapacity() {
    assertThat(shared(3, 3).weight()).isEqualTo(3);
    assertThat(shared(Ask.MAX_PERMITS, Ask.MAX_PERMITS).exclusive()).isFalse();
    assertThat(shared(Ask.MAX_PERMITS, Ask.UNBOUNDED).capacity()).isEqualTo(Ask.UNBOUNDED);
    refused(0, 3, "a weight is 1 to its capacity, here 3; not 0");
    refused(4, 3, "never be granted");
    refused(-1, 3, "a weight");
    refused(1, 0, "a capacity is 1 to 1000000");
    refused(1, -5, "a capacity");
    refused(1, Ask.MAX_PERMITS + 1, "a capacity");
    refused(1, Ask.UNBOUNDED - 1, "a capacity");
    refused(Ask.MAX_PERMITS + 1, Ask.UNBOUNDED, "a weight");
  }

  @Test
  void anOwnerIsShortPlainText() {
    assertThat(owned("").owner()).isEmpty();
    assertThat(owned("\ud83d\ude82".repeat(128)).owner()).hasSize(256);
    for (String bad :
        new String[] {"x".repeat(257), "a\nb", "\u0000", "\u009b", "\ud83d", "\ude82"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> owned(bad))
          .withMessageContaining("Ask.clipOwner");
      assertThat(owned(Ask.clipOwner(bad)).owner()).isNotEmpty();
    }
  }

  @Test
  void clipOwnerMakesAnyTextAnOwner() {
    String owner = "host-1 pid 77";
    assertThat(Ask.clipOwner(owner)).isSameAs(owner);
    assertThat(Ask.clipOwner("a\tb\u007fc\u0085d")).isEqualTo("a b c d");
    assertThat(Ask.clipOwner("x".repeat(300))).isEqualTo("x".repeat(256));
    String pair = "\ud83d\ude82";
    assertThat(Ask.clipOwner(pair.repeat(200))).isEqualTo(pair.repeat(128));
    assertThat(Ask.clipOwner("x" + pair.repeat(200))).isEqualTo("x" + pair.repeat(127));
    assertThat(Ask.clipOwner("x".repeat(255) + pair + "y")).isEqualTo("x".repeat(255));
    assertThat(Ask.clipOwner("a\ude82b\ud83d")).isEqualTo("a\ufffdb\ufffd");
  }

  @Test
  void aTicketHasANumber() {
    for (long bad : new long[] {0, -1, Ticket.MAX_NUMBER + 1, Long.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ticket(bad))
          .withMessageContaining("a ticket's number is 1 to 2251799813685247, not " + bad);
    }
    assertThat(ticket(Ticket.MAX_NUMBER).number()).isEqualTo((1L << 51) - 1);
  }

  @Test
  void idsAreWrittenAsHexAndReadAgain() {
    SessionId session = new SessionId(0x0123456789abcdefL, -2);
    assertThat(session).hasToString("0123456789abcdeffffffffffffffffe");
    assertThat(SessionId.parse(session.toString())).isEqualTo(session);
    RequestId request = new RequestId(0, 1);
    assertThat(request).hasToString("00000000000000000000000000000001");
    assertThat(RequestId.parse(request.toString())).isEqualTo(request);
    assertThat(new RequestId(-1, 0)).isGreaterThan(new RequestId(1, 5));
    assertThat(new SessionId(1, -1)).isGreaterThan(new SessionId(1, 5));
    for (String bad :
        new String[] {"", "0", "0".repeat(31), "0".repeat(33), "g" + "0".repeat(31)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SessionId.parse(bad))
          .withMessageContaining("a session id is written as 32 lower-case hex digits");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RequestId.parse(bad))
          .withMessageContaining("a request id is written as 32 lower-case hex digits");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionId.parse("0".repeat(31) + "A"))
        .withMessageContaining("index 31");
  }

  private static Ask shared(int weight, int capacity) {
    return Ask.shared(SESSION, REQUEST, "me", weight, capacity, false);
  }

  private static Ask owned(String owner) {
    return Ask.exclusive(SESSION, REQUEST, owner, false);
  }

  private static Ticket ticket(long number) {
    return new Ticket(number, SESSION, REQUEST, "me", true, 1, 1, false, false, 0);
  }

  private static void refused(int weight, int capacity, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shared(weight, capacity))
        .withMessageContaining(message);
  }
}
