package io.tyer.example.transfers;

/**
 * What is to be transferred.
 *
 * @param id chosen by whoever orders it, once: ordering it again under the same id repeats nothing
 * @param from who pays
 * @param to who is paid
 * @param amount how much, more than zero
 */
record Transfer(String id, Account from, Account to, long amount) {

  Transfer {
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "a transfer is between two accounts, and " + from + " is both of them");
    }
    if (amount <= 0) {
      throw new IllegalArgumentException(
          "an amount is more than zero, not "
              + amount
              + "; to go the other way, swap the accounts");
    }
  }

  /** How far it is. */
  enum State {
    /** Nothing was done: one of the accounts was in use for too long. */
    BUSY,
    /** Nothing was done: there was not enough in the account. */
    NOT_ENOUGH,
    /** The money has left the one and is to reach the other. Only the journal says so. */
    SENT,
    /** It is entirely there. */
    DONE,
    /** The other could not take it, and it has come back. */
    RETURNED
  }
}
