package io.tyer.example.coupons;

import io.tyer.example.frame.ChildProcess;
import java.io.IOException;
import java.util.function.Consumer;

/** A buyer's process, as its parent sees it. What it says is handed on by a thread of its own. */
final class Buyer implements ChildProcess.Listener {

  private final int number;
  private final ChildProcess process;
  private volatile Consumer<Event> heard = unused -> {};

  /** Starts one, which waits for a job. */
  Buyer(int number) throws IOException {
    this.number = number;
    process = ChildProcess.start(this, BuyerProcess.class);
  }

  int number() {
    return number;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Hands a job over. The first event of it is READY, the last OVER or, of the process, ENDED. */
  void give(BuyerJob job, Consumer<Event> listener) {
    heard = listener;
    process.tell(job.toLines());
  }

  /** Says a word to it; without effect if it is gone. */
  void tell(String word) {
    process.tell(word);
  }

  /** SIGKILL. Nothing that it had not done happens when this returns. */
  void kill() {
    process.close();
  }

  /** SIGSTOP. */
  void pause() throws IOException, InterruptedException {
    process.pause();
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    process.resume();
  }

  @Override
  public void said(String line) {
    try {
      heard.accept(Event.ofLine(number, line));
    } catch (IllegalArgumentException e) {
      heard.accept(Event.now(number, EventKind.FAILED, e.toString()));
    }
  }

  @Override
  public void ended(int exitCode) {
    heard.accept(Event.now(number, EventKind.ENDED, Integer.toString(exitCode)));
  }
}
