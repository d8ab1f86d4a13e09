package io.tyer.example.coupons;

import io.tyer.example.coupons.shop.Offer;
import io.tyer.example.coupons.shop.Steps;
import io.tyer.example.frame.Delay;
import io.tyer.example.frame.Parent;
import java.time.Duration;

/** What a buyer says to its parent, and hears from it. */
final class BuyerVoice implements Steps {

  private final BuyerJob job;
  private final Parent parent;

  BuyerVoice(BuyerJob job, Parent parent) {
    this.job = job;
    this.parent = parent;
  }

  void say(EventKind kind, String detail) {
    parent.say(Event.now(job.buyer(), kind, detail).toLine());
  }

  /** Returns when the parent has said so. */
  void await(String word) {
    String line = parent.hear();
    if (!word.equals(line)) {
      throw new IllegalStateException("the parent said " + line + ", not " + word);
    }
  }

  @Override
  public void locked() {
    say(EventKind.LOCKED, "");
  }

  @Override
  public void decided(Offer offer) {
    say(EventKind.DECIDED, Integer.toString(offer.remaining()));
    Delay.spend(Duration.ofMillis(job.thinkMillis()));
  }

  @Override
  public void writing(Offer offer) {
    if (offer.remaining() == job.strikeAt()) {
      say(EventKind.STANDING, "");
      await(BuyerProcess.GO);
    }
  }

  @Override
  public void sold() {
    say(EventKind.SOLD, "");
  }
}
