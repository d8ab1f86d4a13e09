package io.tyer.example.coupons;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kills or pauses the first buyer that stands between its read and its write. It waits there for a
 * word, so it is struck at that point and no other.
 */
final class Striking {

  private final Blow blow;
  private @Nullable Buyer struck;
  private boolean asleep;

  Striking(Blow blow) {
    this.blow = blow;
  }

  /** A buyer stands. Whoever comes to the same point when one has been struck goes on. */
  List<Event> stands(Buyer buyer) throws IOException, InterruptedException {
    if (struck != null || blow == Blow.NONE) {
      buyer.tell(BuyerProcess.GO);
      return List.of();
    }
    struck = buyer;
    if (blow == Blow.KILL) {
      Event killed = Event.now(buyer.number(), EventKind.KILLED, "");
      buyer.kill();
      return List.of(killed);
    }
    buyer.pause();
    asleep = true;
    return List.of(Event.now(buyer.number(), EventKind.PAUSED, ""));
  }

  /** The sale is over for all others: time for one who is paused to go on. */
  List<Event> nobodyElseIsLeft() throws IOException, InterruptedException {
    Buyer buyer = struck;
    if (!asleep || buyer == null) {
      return List.of();
    }
    asleep = false;
    // It finds the word when it wakes, and writes at once.
    buyer.tell(BuyerProcess.GO);
    Event resumed = Event.now(buyer.number(), EventKind.RESUMED, "");
    buyer.resume();
    return List.of(resumed);
  }

  boolean hasKilled(Buyer buyer) {
    return blow == Blow.KILL && buyer.equals(struck);
  }
}
