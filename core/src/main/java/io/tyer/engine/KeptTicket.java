package io.tyer.engine;

/** A ticket that may lie with this client while nobody here uses it, and how it is used. */
final class KeptTicket {

  /** Beyond this the ticket is not kept, so that its tokens last for all leases under it. */
  private static final int MOST_TOKENS_KEPT = Rules.TOKENS_PER_TICKET / 2;

  final OwnTicket ticket;

  /** Whether it has been granted. */
  boolean granted;

  /** Whether its holder has given it back, and holds it in name only. */
  boolean idle;

  /** Whether somebody is to look again when it may be proved. */
  boolean lookingAgain;

  /** Whether another client is known to want it, or a local caller of another kind. */
  private boolean wanted;

  /** Written also by those who pass by the lock, one at a time: the slot hands it on safely. */
  private int uses;

  private int usesSeen;
  private long idleSinceNanos;
  private long rereadNanos;

  KeptTicket(OwnTicket ticket) {
    this.ticket = ticket;
  }

  void begin(long now) {
    granted = true;
    idleSinceNanos = now;
    rereadNanos = now;
  }

  /** Whether the ticket may lie with this client while nobody here uses it. */
  boolean mayKeep() {
    return granted
        && !wanted
        && !ticket.granted().withdrawn()
        && ticket.granted().batons().tokensDrawn() < MOST_TOKENS_KEPT;
  }

  /**
   * Somebody wants it: from now on the bounds of batons count.
   *
   * @return whether that is news
   */
  boolean want(long now) {
    boolean news = !wanted;
    wanted = true;
    if (news && granted) {
      ticket.granted().batons().begin(now);
    }
    return news;
  }

  /** It becomes a shared one: no batons either. */
  void giveUp() {
    wanted = true;
  }

  void used() {
    uses++;
  }

  /** Whether it has lain unused for so long; looked at now and then. */
  boolean idleFor(long nanos, long now) {
    if (uses != usesSeen) {
      usesSeen = uses;
      idleSinceNanos = now;
    }
    return idle && now - idleSinceNanos >= nanos;
  }

  /** Whether the line is to be read again, since recalls may be lost: the next look is too late. */
  boolean rereadIsDue(long everyNanos, long nextLookNanos, long now) {
    if (now - rereadNanos + nextLookNanos < everyNanos) {
      return false;
    }
    rereadNanos = now;
    return true;
  }
}
