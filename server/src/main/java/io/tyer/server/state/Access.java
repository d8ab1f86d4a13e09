package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed, by tokens as they are when an entry is applied. Whoever may not do something is
 * refused before any line is looked at, so that a refusal says nothing about it.
 */
final class Access {

  private final Tokens tokens;
  private final Usage usage = new Usage();

  Access(Tokens tokens) {
    this.tokens = tokens;
  }

  Tokens tokens() {
    return tokens;
  }

  Usage usage() {
    return usage;
  }

  /** Why a token does not count; null if it does. */
  @Nullable Outcome refusal(TokenId by, long wallMillis) {
    return by.isNone() || token(by, wallMillis) != null ? null : Outcomes.notKnown(by);
  }

  /** Why a token may not do this with that name; null if it may. */
  @Nullable Outcome refusal(TokenId by, Right right, LockName name, long wallMillis) {
    if (by.isNone()) {
      return null;
    }
    AccessToken token = token(by, wallMillis);
    if (token == null) {
      return Outcomes.notKnown(by);
    }
    return token.allows(right, name) ? null : Outcomes.forbidden(by, right, name.text());
  }

  /** Why a token may not do this with all names, or at all; null if it may. */
  @Nullable Outcome refusalForAll(TokenId by, Right right, long wallMillis) {
    if (by.isNone()) {
      return null;
    }
    AccessToken token = token(by, wallMillis);
    if (token == null) {
      return Outcomes.notKnown(by);
    }
    return token.allowsAll(right) ? null : Outcomes.forbidden(by, right, "");
  }

  /** A token that counts; null if there is none. */
  @Nullable AccessToken token(TokenId by, long wallMillis) {
    AccessToken token = tokens.get(by);
    return token == null || token.isExpired(wallMillis) ? null : token;
  }

  /** Why there may be no further session, with tickets, under a token; null if there may. */
  @Nullable Outcome full(TokenId by, int tickets, int waiting) {
    Quotas quotas = quotas(by);
    Usage.Count count = usage.of(by);
    if (quotas.sessions() > 0 && count.sessions() >= quotas.sessions()) {
      return Outcomes.full(by, quotas.sessions(), "sessions");
    }
    return tickets == 0 ? null : fullOfTickets(quotas, count, by, tickets, waiting);
  }

  /** Why a session's token may have no further ticket; null if it may. */
  @Nullable Outcome full(Session session, boolean waits) {
    TokenId by = session.token();
    return fullOfTickets(quotas(by), usage.of(by), by, 1, waits ? 1 : 0);
  }

  private static @Nullable Outcome fullOfTickets(
      Quotas quotas, Usage.Count count, TokenId by, int more, int moreWaiting) {
    if (quotas.tickets() > 0 && count.tickets() + more > quotas.tickets()) {
      return Outcomes.full(by, quotas.tickets(), "tickets");
    }
    if (quotas.waiting() > 0
        && moreWaiting > 0
        && count.waiting() + moreWaiting > quotas.waiting()) {
      return Outcomes.full(by, quotas.waiting(), "waiting tickets");
    }
    return null;
  }

  private Quotas quotas(TokenId by) {
    AccessToken token = tokens.get(by);
    return token == null ? Quotas.NONE : token.quotas();
  }

  /** Has a session be of this token from now on; why it cannot, or null. */
  @Nullable Outcome bind(Session session, TokenId by, Lines lines, long wallMillis) {
    Outcome refused = refusal(by, wallMillis);
    if (refused != null || by.equals(session.token())) {
      return refused;
    }
    int tickets = session.tickets().size();
    int waiting = waiting(session, lines);
    Outcome full = full(by, tickets, waiting);
    if (full == null) {
      usage.moved(session.id(), by, tickets, waiting);
      session.token(by);
    }
    return full;
  }

  /** Counts a session that was read, after its tickets' lines. */
  void restored(Session session, Lines lines) {
    usage.moved(session.id(), session.token(), session.tickets().size(), waiting(session, lines));
  }

  private static int waiting(Session session, Lines lines) {
    int[] waiting = {0};
    session
        .tickets()
        .forEach(
            (number, name) -> {
              Line line = lines.get(name);
              waiting[0] += line.isGranted(number) ? 0 : 1;
              return true;
            });
    return waiting[0];
  }
}
