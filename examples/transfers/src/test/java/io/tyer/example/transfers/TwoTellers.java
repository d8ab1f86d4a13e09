package io.tyer.example.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Tyer;
import io.tyer.example.frame.Sql;
import io.tyer.example.transfers.Transfer.State;
import io.tyer.example.transfers.Transfers.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** Two clients in this process and both databases: one that is struck, and another. */
final class TwoTellers implements AutoCloseable {

  static final Account ANN = new Account("north", "ann");
  static final Account BOB = new Account("north", "bob");
  static final Account CID = new Account("south", "cid");
  static final Account DOT = new Account("south", "dot");

  final Tyer one;
  final Tyer other;
  private final HostedBanks hosted = HostedBanks.start();
  final Map<String, Bank> banks = hosted.open();

  TwoTellers() throws SQLException {
    String store = "memory:" + UUID.randomUUID();
    one = Tyer.open(store);
    other = Tyer.open(store);
  }

  static Transfer transfer(Account from, Account to, long amount) {
    return new Transfer(UUID.randomUUID().toString(), from, to, amount);
  }

  Transfers by(Tyer tyer, Consumer<Step> steps) {
    return new Transfers(tyer, banks, Duration.ofSeconds(20), steps);
  }

  /** Of the other, whom nothing strikes. */
  Transfers successor() {
    return by(other, step -> {});
  }

  /** Takes the locks of these from whoever has them, who does not hear of it before its beat. */
  void takeLocks(Account... accounts) {
    for (Account account : accounts) {
      assertThat(other.operator().removeNow(account.lock(), OptionalLong.empty())).isOne();
    }
  }

  long balance(Account account) throws SQLException {
    return bank(account)
        .transaction(
            connection ->
                Sql.number(
                    connection, "SELECT balance FROM account WHERE owner = ?", account.owner()));
  }

  State state(Transfer transfer) throws SQLException {
    return bank(transfer.from())
        .transaction(connection -> Ledger.journal(connection, transfer.from().bank()))
        .stream()
        .filter(entry -> entry.transfer().equals(transfer))
        .map(Ledger.Entry::state)
        .findFirst()
        .orElse(State.BUSY); // nothing was done
  }

  private Bank bank(Account account) {
    Bank bank = banks.get(account.bank());
    assertThat(bank).isNotNull();
    return bank;
  }

  /** Each transfer is there or not, and no money was made or lost. */
  void assertNothingIsLost() throws SQLException {
    Audit audit = Audit.of(banks);
    assertThat(audit.halves()).isEmpty();
    assertThat(audit.total()).isEqualTo(HostedBanks.TOTAL);
  }

  @Override
  public void close() {
    one.close();
    other.close();
    hosted.close();
  }
}
