package io.tyer.example.coupons;

import io.tyer.example.coupons.shop.Offer;
import io.tyer.example.coupons.shop.Steps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a buyer says to its parent, and hears from it. */
final class BuyerVoice implements Steps {

  private final BuyerJob job;
  private final BufferedReader in;
  private final PrintStream out;

  BuyerVoice(BuyerJob job, BufferedReader in, PrintStream out) {
    this.job = job;
    this.in = in;
    this.out = out;
  }

  void say(EventKind kind, String detail) {
    out.println(Event.now(job.buyer(), kind, detail).toLine());
  }

  /** Returns when the parent has said so. */
  void await(String word) {
    try {
      String line = in.readLine();
      if (!word.equals(line)) {
        throw new IllegalStateException("the parent said " + line + ", not " + word);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void locked() {
    say(EventKind.LOCKED, "");
  }

  @Override
  public void decided(Offer offer) {
    say(EventKind.DECIDED, Integer.toString(offer.remaining()));
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(job.thinkMillis());
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
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
