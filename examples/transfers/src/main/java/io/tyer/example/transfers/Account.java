package io.tyer.example.transfers;

/**
 * An account.
 *
 * @param bank whose database it is in
 * @param owner its key there
 */
record Account(String bank, String owner) {

  /** The lock's name, by which both databases' fences know it, too. */
  String lock() {
    return "account/" + bank + "/" + owner;
  }

  @Override
  public String toString() {
    return bank + "/" + owner;
  }
}
