package io.tyer.example.transfers;

import io.tyer.Tyer;
import io.tyer.example.transfers.Transfer.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Transfers between accounts in different databases, all or nothing.
 *
 * <p>No transaction spans both, so there are three, under the locks of both accounts: the money
 * leaves the sender, and the journal beside it says so; it reaches the receiver, with a receipt
 * beside it; the journal says that it is done. Whoever dies in between leaves a journal that says
 * what is to be finished, and whoever has the two locks next finishes it, by the same code.
 *
 * <p>Whoever is not dead but late has older tokens of both locks. It is refused by each database in
 * which its successor was, and the successor decides nothing by what it has not read there itself
 * under its own token.
 */
final class Transfers {

  /** Between which steps a transfer can be struck; heard by the demo and tests only. */
  enum Step {
    /** Has both locks. */
    LOCKED,
    /** The money has left and the journal says so; not committed. */
    SENDING,
    /** Committed. */
    SENT,
    /** The money is there, and the receipt; not committed. */
    RECEIVING,
    /** Committed. */
    RECEIVED,
    /** The journal says how it has ended; not committed. */
    CLOSING,
    /** Committed; still has both locks. */
    CLOSED
  }

  private final Tyer tyer;
  private final Map<String, Bank> banks;
  private final Duration patience;
  private final Consumer<Step> steps;

  /**
   * Between accounts of these banks.
   *
   * @param patience how long to wait for both locks of a transfer
   * @param steps told how far a transfer is, in its thread
   */
  Transfers(Tyer tyer, Map<String, Bank> banks, Duration patience, Consumer<Step> steps) {
    this.tyer = tyer;
    this.banks = Map.copyOf(banks);
    this.patience = patience;
    this.steps = steps;
  }

  /**
   * Transfers, after it has finished what others have left between the two accounts.
   *
   * @return DONE, RETURNED, NOT_ENOUGH or BUSY
   * @throws io.tyer.TyerException if the lock store failed, the locks were lost meanwhile, or
   *     somebody newer has come; the transfer was not begun, or will be finished by whoever has the
   *     locks next. <b>Call again with the same id</b> to know
   * @throws SQLException if a database failed; the same
   * @throws InterruptedException if interrupted while waiting for the locks; it was not begun
   */
  State transfer(Transfer transfer) throws SQLException, InterruptedException {
    Account from = transfer.from();
    Account to = transfer.to();
    Optional<AccountLocks> taken = AccountLocks.tryAcquire(tyer, patience, from, to);
    if (taken.isEmpty()) {
      return State.BUSY;
    }
    try (AccountLocks locks = taken.get()) {
      steps.accept(Step.LOCKED);
      settle(locks, from, to);
      settle(locks, to, from);
      State state =
          bank(from)
              .fenced(
                  locks.of(from),
                  connection -> {
                    State sent = Ledger.send(connection, transfer);
                    steps.accept(Step.SENDING);
                    return sent;
                  });
      return state == State.SENT ? finish(locks, transfer) : state;
    }
  }

  /**
   * Finishes whatever others have left in these banks' journals. To be called when a process
   * starts, and now and then: what was left between two accounts is otherwise finished when they
   * are next used together.
   *
   * @return how many transfers it has left alone, because somebody had one of their locks
   */
  int recover() throws SQLException, InterruptedException {
    int left = 0;
    for (Map.Entry<String, Bank> bank : banks.entrySet()) {
      for (Transfer sent : bank.getValue().transaction(c -> Ledger.unfinished(c, bank.getKey()))) {
        Optional<AccountLocks> taken =
            AccountLocks.tryAcquire(tyer, patience, sent.from(), sent.to());
        if (taken.isEmpty()) {
          left++;
          continue;
        }
        try (AccountLocks locks = taken.get()) {
          // Read again: before it had the locks, their holder may have finished it.
          settle(locks, sent.from(), sent.to());
        }
      }
    }
    return left;
  }

  private void settle(AccountLocks locks, Account from, Account to) throws SQLException {
    for (Transfer sent : bank(from).fenced(locks.of(from), c -> Ledger.unfinished(c, from, to))) {
      State unused = finish(locks, sent);
    }
  }

  /** From SENT on there is one way for all: whoever began it, and whoever finds it. */
  private State finish(AccountLocks locks, Transfer transfer) throws SQLException {
    Account from = transfer.from();
    Account to = transfer.to();
    steps.accept(Step.SENT);
    boolean received =
        bank(to)
            .fenced(
                locks.of(to),
                connection -> {
                  boolean there = Ledger.receive(connection, transfer);
                  steps.accept(Step.RECEIVING);
                  return there;
                });
    // Also if it was not received that is final: no older token writes there any more.
    steps.accept(Step.RECEIVED);
    State end =
        bank(from)
            .fenced(
                locks.of(from),
                connection -> {
                  State closed = Ledger.close(connection, transfer, received);
                  steps.accept(Step.CLOSING);
                  return closed;
                });
    steps.accept(Step.CLOSED);
    return end;
  }

  private Bank bank(Account account) {
    Bank bank = banks.get(account.bank());
    if (bank == null) {
      throw new IllegalArgumentException(
          "there is no bank " + account.bank() + ", only " + banks.keySet());
    }
    return bank;
  }
}
