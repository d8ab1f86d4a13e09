package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed, by tokens as they are when an entry is applied. Whoever may not do something is
 * refused before any line is looked at, so that a refusal says nothing about it.
 */
final class Access {

  private final Tokens tokens;
  private final Usage usage = new Usage();
  private final Adopted adopted;

  /** Nothing that waits does so under a token that expires before; looked up again from then on. */
  private long nextExpiry;

  Access(Tokens tokens, Adopted adopted) {
    this.tokens = tokens;
    this.adopted = adopted;
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
    return refusal(by, wallMillis, right, name.text(), token -> token.allows(right, name));
  }

  /** Why a token may not do this with all names, or at all; null if it may. */
  @Nullable Outcome refusalForAll(TokenId by, Right right, long wallMillis) {
    return refusal(by, wallMillis, right, "", token -> token.allowsAll(right));
  }

  private @Nullable Outcome refusal(
      TokenId by, long wallMillis, Right right, String name, Predicate<AccessToken> allowed) {
    if (by.isNone()) {
      return null;
    }
    AccessToken token = token(by, wallMillis);
    if (token == null) {
      return Outcomes.notKnown(by);
    }
    return allowed.test(token) ? null : Outcome.Failed.forbidden(by, right, name);
  }

  /** Why there may be no further session under a token; null if there may. */
  @Nullable Outcome refusalOfSession(Command.Open open, long wallMillis) {
    TokenId by = open.by();
    Outcome refused =
        refusal(by, wallMillis, Right.ACQUIRE, "", token -> token.allowsAny(Right.ACQUIRE));
    if (refused != null) {
      return refused;
    }
    int most = quotas(by).sessions();
    if (most > 0 && usage.of(by).sessions() >= most) {
      return Outcomes.full(by, most, "sessions");
    }
    return fullOfBytes(by, HeapCost.utf8Bytes(open.owner()));
  }

  private @Nullable Outcome fullOfBytes(TokenId by, int more) {
    long most = quotas(by).bytes();
    return most > 0 && usage.of(by).textBytes() + more > most
        ? Outcomes.refused(
            "access token "
                + by
                + " may have "
                + most
                + " bytes of names and owners: with this it would have more")
        : null;
  }

  /** A token comes; sessions of one that was revoked may be of it. */
  void add(AccessToken token) {
    tokens.add(token);
    waits(token.id());
  }

  /** From now on something waits under this token. */
  void waits(TokenId by) {
    AccessToken token = tokens.get(by);
    if (token != null && token.expiresMillis() > 0) {
      nextExpiry = Math.min(nextExpiry, token.expiresMillis());
    }
  }

  /** The tokens that have expired, and under which something waits. */
  Set<TokenId> expiredThatWait(long wallMillis) {
    if (adopted.version() < 3 || wallMillis < nextExpiry) {
      return Set.of();
    }
    Set<TokenId> expired = new HashSet<>();
    nextExpiry = Long.MAX_VALUE;
    for (TokenId id : usage.waiting()) {
      AccessToken token = tokens.get(id);
      if (token != null && token.isExpired(wallMillis)) {
        expired.add(id);
      } else {
        waits(id);
      }
    }
    return expired;
  }

  /** A token that counts; null if there is none. */
  @Nullable AccessToken token(TokenId by, long wallMillis) {
    AccessToken token = tokens.get(by);
    return token == null || token.isExpired(wallMillis) ? null : token;
  }

  /** Why a session's token may have no further ticket; null if it may. */
  @Nullable Outcome full(Session session, boolean waits, int textBytes) {
    TokenId by = session.token();
    if (by.isNone()) {
      return null;
    }
    Quotas quotas = quotas(by);
    Usage.Count count = usage.of(by);
    if (quotas.tickets() > 0 && count.tickets() >= quotas.tickets()) {
      return Outcomes.full(by, quotas.tickets(), "tickets");
    }
    if (waits && quotas.waiting() > 0 && count.waiting() >= quotas.waiting()) {
      return Outcomes.full(by, quotas.waiting(), "waiting tickets");
    }
    return fullOfBytes(by, textBytes);
  }

  private Quotas quotas(TokenId by) {
    AccessToken token = tokens.get(by);
    return token == null ? Quotas.NONE : token.quotas();
  }

  /**
   * Has a session be of this token from now on, whatever it has: whoever has proved it does all
   * that follows under this token. Why the token does not count, and nothing changes; or null.
   */
  @Nullable Outcome bind(Session session, TokenId by, Lines lines, long wallMillis) {
    Outcome refused = refusal(by, wallMillis);
    if (refused == null && !by.equals(session.token())) {
      moved(session, by, lines);
      session.token(by);
    }
    return refused;
  }

  /** Counts a session that was read, after its tickets' lines. */
  void restored(Session session, Lines lines) {
    moved(session, session.token(), lines);
  }

  private void moved(Session session, TokenId by, Lines lines) {
    int[] waiting = {0};
    long[] textBytes = {0};
    session
        .tickets()
        .forEach(
            (number, name) -> {
              Line line = lines.get(name);
              waiting[0] += line.isGranted(number) ? 0 : 1;
              textBytes[0] += HeapCost.textBytes(name, line.find(number).orElseThrow());
              return true;
            });
    usage.moved(session, by, waiting[0], textBytes[0]);
    waits(by);
  }
}
