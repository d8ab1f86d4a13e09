package io.tyer.example.transfers;

import io.tyer.example.frame.HostedDatabase;
import io.tyer.example.frame.Parent;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Two databases of the demo and its tests. */
final class HostedBanks implements AutoCloseable {

  static final List<Account> ACCOUNTS =
      List.of(
          new Account("north", "ann"),
          new Account("north", "bob"),
          new Account("south", "cid"),
          new Account("south", "dot"));

  /** What is in each account at first. */
  static final long EACH = 1_000;

  /** What an account takes at most. */
  static final long MOST = 1_500;

  static final long TOTAL = ACCOUNTS.size() * EACH;

  private final HostedDatabase north = HostedDatabase.start();
  private final HostedDatabase south = HostedDatabase.start();

  private HostedBanks() throws SQLException {}

  /** Starts both, with money in their accounts. */
  static HostedBanks start() throws SQLException {
    HostedBanks banks = new HostedBanks();
    for (Map.Entry<String, Bank> bank : banks.open().entrySet()) {
      bank.getValue().createTables();
      for (Account account : ACCOUNTS) {
        if (account.bank().equals(bank.getKey())) {
          Boolean unused = bank.getValue().transaction(c -> Ledger.open(c, account, EACH, MOST));
        }
      }
    }
    return banks;
  }

  /** Connects to both. */
  Map<String, Bank> open() {
    return open(north.url(), south.url());
  }

  /** Connects to both, as the parent says where they are. */
  static Map<String, Bank> open(Parent parent) {
    return open(parent.hear(), parent.hear());
  }

  private static Map<String, Bank> open(String north, String south) {
    return Map.of(
        "north", new Bank(HostedDatabase.connect(north)),
        "south", new Bank(HostedDatabase.connect(south)));
  }

  /** Where they are, for another process. */
  String northUrl() {
    return north.url();
  }

  String southUrl() {
    return south.url();
  }

  /** Ends both. */
  @Override
  public void close() {
    north.close();
    south.close();
  }
}
