package io.tyer.server.log;

import io.tyer.server.access.TokenId;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Submission;
import io.tyer.server.state.Command;
import io.tyer.server.state.EntryCodec;
import io.tyer.server.state.HeapCost;
import io.tyer.server.state.Outcome;
import io.tyer.spi.TicketState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of the log what this member's heap cannot hold. It changes no state and is asked by the
 * leader only, so that members with heaps of different sizes have the same state.
 */
final class Admission {

  /** What the state takes, told by whoever applies entries. */
  interface Taken {

    /** By all. */
    long bytes();

    /** The tokens that have more than their share. */
    Set<TokenId> tokensAbove();

    /** Which version's behaviour all members have agreed on. */
    int adopted();
  }

  private static final long MEBI = 1 << 20;

  private final HeapBound bound;
  private final Taken taken;

  Admission(HeapBound bound, Taken taken) {
    this.bound = bound;
    this.taken = taken;
  }

  /** How many bytes the commands may take that wait for an entry. */
  long queueBytes() {
    return bound.queueBytes();
  }

  /**
   * What is to be put into the log for this, or why nothing is.
   *
   * @param queued about how many bytes the commands leave behind that wait already
   * @param adopting whether what goes before it makes members adopt the newest version
   */
  Pending admit(Submission one, long queued, boolean adopting) {
    Command command = one.command();
    long left = HeapCost.left(command);
    String why = left == 0 ? null : refusal(by(one), left + queued);
    Outcome.Failed refused = null;
    if (why != null) {
      refused = new Outcome.Failed(Outcome.Why.REFUSED, why);
    } else if (!adopting
        && !isOfTheLead(command)
        && EntryCodec.version(command) > Math.max(2, taken.adopted())) {
      // Members that are older could not read it.
      refused = Outcome.Failed.notAdopted();
    }
    if (refused == null) {
      return new Pending(command, one.answer());
    }
    // It may have been done before, and its answer lost.
    return command instanceof Command.Enter enter
        ? new Pending(
            new Command.Check(enter.session(), enter.name(), enter.ask().request(), 0),
            new Known(one.answer(), refused))
        : new Pending(command, one.answer(), refused);
  }

  /** Proposed by the leader itself, once it knows that all members can read it. */
  private static boolean isOfTheLead(Command command) {
    return command instanceof Command.Adopt || command instanceof Command.RaiseNumbers;
  }

  private static TokenId by(Submission one) {
    return one.command() instanceof Command.ByToken command ? command.by() : one.by();
  }

  private @Nullable String refusal(TokenId by, long more) {
    if (taken.bytes() + more > bound.stateBytes()) {
      return "this server's heap holds "
          + bound.stateBytes() / MEBI
          + " MiB of sessions and tickets, and has them: give some back, or its members more heap";
    }
    return !by.isNone() && taken.tokensAbove().contains(by)
        ? "access token "
            + by
            + " has as many sessions and tickets as one token may have on this server's heap: "
            + bound.tokenBytes() / MEBI
            + " MiB"
        : null;
  }

  /** An answer to who enters again, or is refused. */
  private record Known(Answer answer, Outcome.Failed refused) implements Answer {

    @Override
    public void done(Outcome outcome) {
      boolean none =
          outcome instanceof Outcome.Ticket ticket && ticket.state() instanceof TicketState.Gone;
      answer.done(none ? refused : outcome);
    }

    @Override
    public void failed(Replica.Failure failure, String message) {
      answer.failed(failure, message);
    }

    @Override
    public void flush() {
      answer.flush();
    }
  }
}
