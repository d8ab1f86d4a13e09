package io.tyer.example.coupons.shop;

/** Hears how far a purchase has come. Called in its thread, which goes on when the call returns. */
public interface Steps {

  /** It has the lock. */
  default void locked() {}

  /** It has read the offer and means to buy: here a shop talks to a bank, which takes a while. */
  default void decided(Offer offer) {}

  /**
   * It has looked at its lease for the last time and is about to write. However late a program
   * looks, it can be paused after the look: this is where the demo pauses it.
   */
  default void writing(Offer offer) {}

  /** It has written; it still has the lock, as far as it knows. */
  default void sold() {}
}
