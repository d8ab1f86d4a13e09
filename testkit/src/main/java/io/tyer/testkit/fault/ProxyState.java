package io.tyer.testkit.fault;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a proxy's connections share; used by the proxy's thread only. */
final class ProxyState {

  private ProxyMode mode = ProxyMode.PASS;
  private AtomicBoolean dropsNextReply = new AtomicBoolean();
  private long repliesDropped;
  private long bytesPassed;

  ProxyMode mode() {
    return mode;
  }

  void mode(ProxyMode next) {
    mode = next;
  }

  /** Has it dropped if {@code order} is still set then, and takes the order. */
  void dropNextReply(AtomicBoolean order) {
    dropsNextReply = order;
  }

  void cancelDrop() {
    dropsNextReply.set(false);
  }

  /** Whether the reply to what a client sends now is to be dropped; true once. */
  boolean takeReplyToDrop() {
    return dropsNextReply.getAndSet(false);
  }

  void replyDropped() {
    repliesDropped++;
  }

  long repliesDropped() {
    return repliesDropped;
  }

  void passed(long bytes) {
    bytesPassed += bytes;
  }

  long bytesPassed() {
    return bytesPassed;
  }
}
