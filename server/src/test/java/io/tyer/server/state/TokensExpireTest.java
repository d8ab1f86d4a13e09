package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.SecretHash;
import io.tyer.server.access.TokenId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a token's end, and its quota of bytes, does to those who stand in line. */
class TokensExpireTest {

  private static final LockName LOCK = LockName.of("lock");
  private static final TokenId SHORT = new TokenId(1);
  private static final TokenId OTHER = new TokenId(2);
  private static final long EXPIRES = 10_000;

  private final LockMachine machine = new LockMachine();
  private long sequence;

  private static AccessToken token(TokenId id, long created, long expires, long bytes) {
    return new AccessToken(
        id,
        new SecretHash(1, 2, 3, 4),
        "",
        List.of(Grant.parse("acquire")),
        new Quotas(0, 0, 0, 0, bytes),
        created,
        expires);
  }

  private Applied at(long wallMillis, Command... commands) {
    return machine.apply(new Entry(0, wallMillis, List.of(commands)));
  }

  private Outcome apply(Command command) {
    return at(1, command).outcomes().get(0);
  }

  private void begin(boolean adopted) {
    if (adopted) {
      apply(new Command.Adopt(3));
    }
    apply(new Command.CreateToken(token(SHORT, 1, EXPIRES, 0), TokenId.NONE));
    apply(new Command.CreateToken(token(OTHER, 1, 0, 0), TokenId.NONE));
    open(1, OTHER);
    open(2, SHORT);
    open(3, OTHER);
    for (int i = 1; i <= 3; i++) {
      assertThat(enter(i)).isInstanceOf(Outcome.Ticket.class);
    }
  }

  private void open(int session, TokenId by) {
    Outcome opened = apply(new Command.Open(new SessionId(0, session), 100_000, "", by));
    assertThat(opened).isInstanceOf(Outcome.Alive.class);
  }

  private Outcome enter(int session) {
    Ask ask = Ask.exclusive(new SessionId(0, session), Machine.request(session), "", false);
    return apply(new Command.Enter(new Command.Place(++sequence, 0), LOCK, ask, false));
  }

  private List<SessionId> inLine() {
    return java.util.Objects.requireNonNull(machine.line(LOCK)).tickets().stream()
        .map(ticket -> ticket.session())
        .toList();
  }

  @Test
  void anExpiredTokenLosesItsPlaceAtOnce() {
    begin(true);
    assertThat(at(EXPIRES - 1, new Command.Tick()).notices()).isEmpty();
    assertThat(inLine()).hasSize(3);
    Applied applied = at(EXPIRES, new Command.Tick());
    assertThat(applied.notices()).containsExactly(new Notice.Changed(new SessionId(0, 2), LOCK));
    assertThat(inLine()).containsExactly(new SessionId(0, 1), new SessionId(0, 3));
    assertThat(machine.waiting()).isEqualTo(1);
  }

  @Test
  void whatItHoldsIsKeptUntilItsSessionEnds() {
    begin(true);
    at(1, new Command.End(new SessionId(0, 1)));
    at(EXPIRES, new Command.Tick());
    assertThat(inLine()).containsExactly(new SessionId(0, 2), new SessionId(0, 3));
  }

  /** One that has been restored meanwhile, and clocks that are set back, make no difference. */
  @Test
  void whoWaitsAgainAfterTheClockWasSetBackLosesItsPlaceAgain() throws Exception {
    begin(true);
    at(EXPIRES, new Command.Tick());
    assertThat(enter(2)).isInstanceOf(Outcome.Ticket.class);
    assertThat(inLine()).hasSize(3);
    LockMachine other = SnapshotTest.restored(machine);
    Entry tick = new Entry(0, EXPIRES + 1, List.of(new Command.Tick()));
    assertThat(other.apply(tick)).isEqualTo(machine.apply(tick));
    assertThat(other.hash()).isEqualTo(machine.hash());
    assertThat(inLine()).hasSize(2);
  }

  @Test
  void asLongAsNotAllMembersKnowItItsPlaceIsKept() {
    begin(false);
    assertThat(at(EXPIRES, new Command.Tick()).notices()).isEmpty();
    assertThat(inLine()).hasSize(3);
    apply(new Command.Adopt(3));
    at(EXPIRES, new Command.Tick());
    assertThat(inLine()).hasSize(2);
  }

  @Test
  void namesAndOwnersHaveAQuotaOfBytes() {
    apply(new Command.Adopt(3));
    TokenId few = new TokenId(3);
    apply(new Command.CreateToken(token(few, 1, 0, 20), TokenId.NONE));
    SessionId session = new SessionId(0, 1);
    Outcome tooLong = apply(new Command.Open(session, 100_000, "\u20ac".repeat(7), few));
    assertThat(Machine.why(tooLong)).isEqualTo(Outcome.Why.REFUSED);
    assertThat(((Outcome.Failed) tooLong).message()).contains("20 bytes");
    apply(new Command.Open(session, 100_000, "five5", few));
    assertThat(enter(session, 1, "\u20ac\u20ac", "four")).isInstanceOf(Outcome.Ticket.class);
    assertThat(Machine.why(enter(session, 2, "four", "xx"))).isEqualTo(Outcome.Why.REFUSED);
    assertThat(enter(session, 3, "four", "x")).isInstanceOf(Outcome.Ticket.class);
    apply(
        new Command.Leave(
            session, new Command.Place(++sequence, 0), LockName.of("four"), Machine.request(3), 0));
    assertThat(enter(session, 4, "four", "y")).isInstanceOf(Outcome.Ticket.class);
    Outcome.Tokens listed =
        (Outcome.Tokens) apply(new Command.ListTokens(TokenId.NONE, 0, TokenId.NONE));
    assertThat(listed.tokens().get(0).bytes()).isEqualTo(20);
    apply(new Command.End(session));
    listed = (Outcome.Tokens) apply(new Command.ListTokens(TokenId.NONE, 0, TokenId.NONE));
    assertThat(listed.tokens().get(0).bytes()).isZero();
  }

  private Outcome enter(SessionId session, int request, String name, String owner) {
    Ask ask = Ask.exclusive(session, Machine.request(request), owner, false);
    return apply(
        new Command.Enter(new Command.Place(++sequence, 0), LockName.of(name), ask, false));
  }

  @Test
  void aRepeatedCreateFindsItsToken() {
    AccessToken first = token(OTHER, 5, 1_005, 0);
    Command create = new Command.CreateToken(first, TokenId.NONE);
    assertThat(apply(create)).isEqualTo(new Outcome.Nothing());
    Command later = new Command.CreateToken(token(OTHER, 7, 1_007, 0), TokenId.NONE);
    assertThat(apply(later)).isEqualTo(new Outcome.Nothing());
    assertThat(machine.tokens()).containsValue(first).hasSize(1);
    Command longer = new Command.CreateToken(token(OTHER, 7, 1_008, 0), TokenId.NONE);
    assertThat(Machine.why(apply(longer))).isEqualTo(Outcome.Why.REFUSED);
    Command forEver = new Command.CreateToken(token(OTHER, 7, 0, 0), TokenId.NONE);
    assertThat(Machine.why(apply(forEver))).isEqualTo(Outcome.Why.REFUSED);
  }

  /** Shifted to the time of the first, the times of the second would lie before 1970. */
  @Test
  void aRepeatedCreateWithTimesThatCannotBeShiftedIsRefusedInWords() {
    AccessToken first = token(OTHER, 1, 5, 0);
    apply(new Command.CreateToken(first, TokenId.NONE));
    Command wrong = new Command.CreateToken(token(OTHER, 50, 10, 0), TokenId.NONE);
    assertThat(Machine.why(apply(wrong))).isEqualTo(Outcome.Why.REFUSED);
    Command never = new Command.CreateToken(token(OTHER, 50, Long.MAX_VALUE, 0), TokenId.NONE);
    assertThat(Machine.why(apply(never))).isEqualTo(Outcome.Why.REFUSED);
    assertThat(machine.tokens()).containsValue(first).hasSize(1);
  }
}
