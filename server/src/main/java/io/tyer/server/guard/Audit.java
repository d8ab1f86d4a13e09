package io.tyer.server.guard;

import io.tyer.line.Escapes;
import io.tyer.server.access.TokenId;
import io.tyer.server.state.Outcome;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log, {@code io.tyer.server.audit}: what operators have done, and what was refused. Of
 * refusals only some a second are written, and how many were not: nobody can fill the disk by being
 * refused.
 */
public final class Audit {

  private static final Logger LOG = LoggerFactory.getLogger("io.tyer.server.audit");
  private static final int REFUSALS_PER_SECOND = 10;

  /** More than any name, label or message that is no attack. */
  private static final int MAX_TEXT = 1_024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Rate refusals = new Rate(REFUSALS_PER_SECOND, System.nanoTime());
  private long unwritten;

  Audit() {}

  /** Somebody without a token that counts was sent away. */
  public void refused(String peer, String why) {
    if (mayWrite()) {
      LOG.warn("refused {}: {}", line(peer), line(why));
    }
  }

  /** What was asked for under a token was refused. */
  public void refused(String peer, TokenId by, String why) {
    if (mayWrite()) {
      LOG.warn("refused {}, {}: {}", line(peer), who(by), line(why));
    }
  }

  /** The same, if it was for want of a right; what else went wrong is no matter of this log. */
  public void refused(String peer, TokenId by, Outcome.Failed failed) {
    if (failed.why() == Outcome.Why.NOT_KNOWN || failed.why() == Outcome.Why.FORBIDDEN) {
      refused(peer, by, failed.message());
    }
  }

  /** An operator has done something. */
  public void done(String peer, TokenId by, String what) {
    LOG.info("{}, {}: {}", line(peer), who(by), line(what));
  }

  /** An operator has taken tickets by force. */
  public void revoked(String peer, TokenId by, int count, String lock, boolean now) {
    done(
        peer,
        by,
        "revoked " + count + " ticket(s)" + (now ? " at once" : "") + " of lock \"" + lock + "\"");
  }

  /** What clients have chosen stays within one line, and short; what it was can be told. */
  private static String line(String text) {
    if (text.length() <= MAX_TEXT) {
      return Escapes.reversibly(text);
    }
    return Escapes.reversibly(text.substring(0, MAX_TEXT)) + "... (" + text.length() + ")";
  }

  private static String who(TokenId by) {
    return by.isNone() ? "operator" : "token " + by;
  }

  private boolean mayWrite() {
    long left;
    lock.lock();
    try {
      if (!refusals.take(System.nanoTime())) {
        unwritten++;
        return false;
      }
      left = unwritten;
      unwritten = 0;
    } finally {
      lock.unlock();
    }
    if (left > 0) {
      LOG.warn("refused {} more, not written here one by one", left);
    }
    return true;
  }
}
