package io.tyer.testkit.fault;

/** What a proxy's connections share; used by the proxy's thread only. */
final class ProxyState {

  private ProxyMode mode = ProxyMode.PASS;
  private boolean dropsNextReply;
  private long repliesDropped;
  private long bytesPassed;

  ProxyMode mode() {
    return mode;
  }

  void mode(ProxyMode next) {
    mode = next;
  }

  void dropNextReply() {
    dropsNextReply = true;
  }

  void cancelDrop() {
    dropsNextReply = false;
  }

  /** Whether the reply to what a client sends now is to be dropped; true once. */
  boolean takeReplyToDrop() {
    boolean drops = dropsNextReply;
    dropsNextReply = false;
    return drops;
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
