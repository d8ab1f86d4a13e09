package io.tyer.example.transfers;

import io.tyer.example.frame.Sql;
import io.tyer.example.transfers.Transfer.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What a bank's database says of its accounts, of what they have sent (the journal) and of what
 * they have received. Each method is a part of the caller's transaction, and finds out whether it
 * was done before.
 */
final class Ledger {

  static final List<String> TABLES =
      List.of(
          "CREATE TABLE account (owner varchar(40) PRIMARY KEY, balance bigint NOT NULL"
              + " CHECK (balance >= 0), most bigint NOT NULL)",
          "CREATE TABLE journal (id varchar(80) PRIMARY KEY, sender varchar(40) NOT NULL,"
              + " bank varchar(40) NOT NULL, receiver varchar(40) NOT NULL,"
              + " amount bigint NOT NULL, state varchar(10) NOT NULL)",
          "CREATE TABLE receipt (id varchar(80) PRIMARY KEY)");

  private static final String ENTRY =
      "SELECT id, sender, bank, receiver, amount, state FROM journal WHERE ";

  private Ledger() {}

  /**
   * What the journal says of a transfer.
   *
   * @param state SENT, DONE or RETURNED
   */
  record Entry(Transfer transfer, State state) {}

  /** Opens an account. */
  static boolean open(Connection connection, Account account, long balance, long most)
      throws SQLException {
    Sql.change(
        connection,
        "INSERT INTO account (owner, balance, most) VALUES (?, ?, ?)",
        account.owner(),
        balance,
        most);
    return true;
  }

  /**
   * Takes the money from the sender and writes into the journal where it is to go, in one
   * transaction: from its commit on, the transfer is finished by whoever has the locks.
   *
   * @return SENT or, if not, why not; if this id was sent before, what has become of it
   */
  static State send(Connection connection, Transfer transfer) throws SQLException {
    for (Entry known : entries(connection, transfer.from(), "id = ?", transfer.id())) {
      if (!known.transfer.equals(transfer)) {
        throw new IllegalArgumentException(
            "id " + transfer.id() + " belongs to another transfer: " + known.transfer);
      }
      return known.state;
    }
    Account from = transfer.from();
    if (Sql.number(connection, "SELECT balance FROM account WHERE owner = ?", from.owner())
        < transfer.amount()) {
      return State.NOT_ENOUGH;
    }
    add(connection, from, -transfer.amount());
    Sql.change(
        connection,
        "INSERT INTO journal (id, sender, bank, receiver, amount, state) VALUES (?, ?, ?, ?, ?, ?)",
        transfer.id(),
        from.owner(),
        transfer.to().bank(),
        transfer.to().owner(),
        transfer.amount(),
        State.SENT.name());
    return State.SENT;
  }

  /**
   * Gives the money to the receiver, unless that was done, or there is no room for it.
   *
   * @return whether it is there
   */
  static boolean receive(Connection connection, Transfer transfer) throws SQLException {
    if (received(connection, transfer)) {
      return true;
    }
    Account to = transfer.to();
    if (Sql.number(connection, "SELECT most - balance FROM account WHERE owner = ?", to.owner())
        < transfer.amount()) {
      return false;
    }
    add(connection, to, transfer.amount());
    Sql.change(connection, "INSERT INTO receipt (id) VALUES (?)", transfer.id());
    return true;
  }

  /** Writes down how it has ended; gives the sender the money back if it was not received. */
  static State close(Connection connection, Transfer transfer, boolean received)
      throws SQLException {
    State end = received ? State.DONE : State.RETURNED;
    Sql.change(
        connection,
        "UPDATE journal SET state = ? WHERE id = ? AND state = 'SENT'",
        end.name(),
        transfer.id());
    if (!received) {
      add(connection, transfer.from(), transfer.amount());
    }
    return end;
  }

  /** Whether it is there. */
  static boolean received(Connection connection, Transfer transfer) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM receipt WHERE id = ?", transfer.id()) > 0;
  }

  /** All that accounts of this bank have ever sent. */
  static List<Entry> journal(Connection connection, String bank) throws SQLException {
    return entries(connection, new Account(bank, ""), "1 = 1 ORDER BY id");
  }

  /** What has left this account for that one, and was not finished. */
  static List<Transfer> unfinished(Connection connection, Account from, Account to)
      throws SQLException {
    String where = "state = 'SENT' AND sender = ? AND bank = ? AND receiver = ? ORDER BY id";
    return entries(connection, from, where, from.owner(), to.bank(), to.owner()).stream()
        .map(Entry::transfer)
        .toList();
  }

  /** What has left any account of this bank, and was not finished. */
  static List<Transfer> unfinished(Connection connection, String bank) throws SQLException {
    return entries(connection, new Account(bank, ""), "state = 'SENT' ORDER BY id").stream()
        .map(Entry::transfer)
        .toList();
  }

  private static List<Entry> entries(
      Connection connection, Account from, String where, Object... values) throws SQLException {
    return Sql.rows(
        connection,
        row ->
            new Entry(
                new Transfer(
                    row.getString("id"),
                    new Account(from.bank(), row.getString("sender")),
                    new Account(row.getString("bank"), row.getString("receiver")),
                    row.getLong("amount")),
                State.valueOf(row.getString("state"))),
        ENTRY + where,
        values);
  }

  private static void add(Connection connection, Account account, long amount) throws SQLException {
    Sql.change(
        connection,
        "UPDATE account SET balance = balance + ? WHERE owner = ?",
        amount,
        account.owner());
  }
}
