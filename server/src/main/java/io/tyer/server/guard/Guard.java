package io.tyer.server.guard;

import io.tyer.line.LockName;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.BearerToken;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import io.tyer.server.replica.Replica;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out under which access token something is asked for. What the token may do is decided where
 * it is done: in the state machine, by the tokens of that moment.
 */
public final class Guard {

  private static final String SCHEME = "Bearer ";
  private static final String WANTED =
      "this server wants an access token, and was shown none that counts";

  /** What is still asked for under a token that counts no more: leaving, mostly. */
  private static final int OF_REVOKED_PER_SECOND = 100;

  private final @Nullable OperatorToken operator;
  private final LongSupplier wallMillis;
  private final Audit audit = new Audit();
  private final ConcurrentMap<TokenId, SharedRate> rates = new ConcurrentHashMap<>();
  private volatile @Nullable Replica replica;

  private Guard(@Nullable OperatorToken operator, LongSupplier wallMillis) {
    this.operator = operator;
    this.wallMillis = wallMillis;
  }

  /** Lets everybody do everything. */
  public static Guard none() {
    return new Guard(null, () -> 0);
  }

  /**
   * Lets in those who show a token.
   *
   * @param wallMillis the time by which tokens expire
   */
  public static Guard demanding(OperatorToken operator, LongSupplier wallMillis) {
    return new Guard(operator, wallMillis);
  }

  /** Knows the tokens that this member has, from now on. */
  public void serve(Replica member) {
    replica = member;
  }

  /** Where what was done and refused is written. */
  public Audit audit() {
    return audit;
  }

  /** The time by which tokens expire. */
  public long wallMillis() {
    return wallMillis.getAsLong();
  }

  /** Whether tokens are to be shown. */
  public boolean demands() {
    return operator != null;
  }

  /** What was found out. */
  public sealed interface Verdict {

    /** Something may be asked for under this token. */
    record Known(TokenId by) implements Verdict {}

    /** Nothing may be asked for. */
    record Refused(String why) implements Verdict {}

    /** This member does not know the token; one that has applied more may. */
    record Elsewhere() implements Verdict {}
  }

  /**
   * Finds out who shows this, and writes down who is not let in.
   *
   * @param authorization the header of that name; null if there is none
   * @param leads whether this member leads, so that no other one knows more
   */
  public Verdict admit(String peer, @Nullable String authorization, boolean leads) {
    Verdict verdict = check(authorization, leads);
    if (verdict instanceof Verdict.Refused refused) {
      audit.refused(peer, refused.why());
    } else if (verdict instanceof Verdict.Elsewhere) {
      audit.refused(peer, "a token that this member does not know, and it does not lead");
    }
    return verdict;
  }

  /** Whether who shows this would be let in, as far as this member has heard. */
  public boolean admits(@Nullable String authorization) {
    return check(authorization, true) instanceof Verdict.Known;
  }

  /** Whether this is the operator's own token, where there is one. */
  public boolean isOperators(@Nullable String authorization) {
    return operator != null
        && check(authorization, true) instanceof Verdict.Known known
        && known.by().isNone();
  }

  private Verdict check(@Nullable String authorization, boolean leads) {
    OperatorToken own = operator;
    if (own == null) {
      Replica member = replica;
      return member != null && member.hasTokens()
          ? new Verdict.Refused(
              "this group has access tokens, and this member was started without them: start it"
                  + " with --operator-token")
          : new Verdict.Known(TokenId.NONE);
    }
    if (authorization == null || !authorization.startsWith(SCHEME)) {
      return new Verdict.Refused(WANTED + ": there was no header 'authorization: Bearer tyer_...'");
    }
    BearerToken shown =
        BearerToken.parse(authorization.substring(SCHEME.length()).strip()).orElse(null);
    if (shown == null) {
      return new Verdict.Refused(WANTED + ": what was shown is no token of Tyer");
    }
    if (shown.id().isNone()) {
      return own.is(shown) ? new Verdict.Known(TokenId.NONE) : new Verdict.Refused(WANTED);
    }
    AccessToken token = token(shown.id()).orElse(null);
    if (token == null) {
      return leads ? new Verdict.Refused(WANTED) : new Verdict.Elsewhere();
    }
    if (!shown.is(token.hash())) {
      return new Verdict.Refused(WANTED);
    }
    return token.isExpired(wallMillis())
        ? new Verdict.Refused("access token " + token.id() + " has expired")
        : new Verdict.Known(token.id());
  }

  /** Whether what goes through no log may be done. */
  public boolean may(TokenId by, Right right) {
    return may(by, token -> token.allowsAll(right));
  }

  /** The same for one name, as far as this member has heard. */
  public boolean may(TokenId by, Right right, LockName name) {
    return may(by, token -> token.allows(right, name));
  }

  private boolean may(TokenId by, Predicate<AccessToken> allowed) {
    return by.isNone()
        || token(by).filter(token -> !token.isExpired(wallMillis())).filter(allowed).isPresent();
  }

  /** Whether one more may be asked for now under this token, by its quota. */
  public boolean take(TokenId by, long now) {
    if (by.isNone()) {
      return true;
    }
    int perSecond =
        token(by).map(token -> token.quotas().requestsPerSecond()).orElse(OF_REVOKED_PER_SECOND);
    if (perSecond == 0) {
      return true;
    }
    SharedRate rate =
        rates.compute(
            by,
            (id, before) ->
                before == null || before.perSecond != perSecond
                    ? new SharedRate(perSecond, now)
                    : before);
    return rate.take(now);
  }

  private Optional<AccessToken> token(TokenId id) {
    Replica member = replica;
    return member == null ? Optional.empty() : member.token(id);
  }

  /** Of tokens that are not used, nothing is kept. */
  public void sweep(long now) {
    rates.values().removeIf(rate -> rate.isFull(now));
  }

  /** A {@link Rate} for any thread. */
  private static final class SharedRate {
    private final int perSecond;
    private final Rate rate;
    private final ReentrantLock lock = new ReentrantLock();

    SharedRate(int perSecond, long now) {
      this.perSecond = perSecond;
      this.rate = new Rate(perSecond, now);
    }

    boolean isFull(long now) {
      lock.lock();
      try {
        return rate.isFull(now);
      } finally {
        lock.unlock();
      }
    }

    boolean take(long now) {
      lock.lock();
      try {
        return rate.take(now);
      } finally {
        lock.unlock();
      }
    }
  }
}
