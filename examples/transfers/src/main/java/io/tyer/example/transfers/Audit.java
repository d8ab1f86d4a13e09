package io.tyer.example.transfers;

import io.tyer.example.frame.Sql;
import io.tyer.example.transfers.Transfer.State;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the databases say while nothing is transferred.
 *
 * @param total the money in all accounts of both
 * @param done how many transfers are entirely there
 * @param returned how many have come back
 * @param halves those that are neither there nor not: sent and not finished, or closed in a way
 *     that the receipts deny
 */
record Audit(long total, long done, long returned, List<String> halves) {

  static Audit of(Map<String, Bank> banks) throws SQLException {
    long total = 0;
    long done = 0;
    long returned = 0;
    List<String> halves = new ArrayList<>();
    for (Map.Entry<String, Bank> bank : banks.entrySet()) {
      total += bank.getValue().transaction(c -> Sql.number(c, "SELECT SUM(balance) FROM account"));
      for (Ledger.Entry entry :
          bank.getValue().transaction(c -> Ledger.journal(c, bank.getKey()))) {
        Transfer transfer = entry.transfer();
        Bank receiver = banks.get(transfer.to().bank());
        boolean received =
            receiver != null && receiver.transaction(c -> Ledger.received(c, transfer));
        if (entry.state() == (received ? State.DONE : State.RETURNED)) {
          done += received ? 1 : 0;
          returned += received ? 0 : 1;
        } else {
          halves.add(transfer.id() + " is " + entry.state() + (received ? ", received" : ""));
        }
      }
    }
    return new Audit(total, done, returned, halves);
  }

  /** Whether no money was made or lost, and each transfer is there or not. */
  boolean isRight() {
    return total == HostedBanks.TOTAL && halves.isEmpty();
  }
}
