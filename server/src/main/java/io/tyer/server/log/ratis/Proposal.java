package io.tyer.server.log.ratis;

import io.tyer.server.log.NotAppendedException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way, from the append to the apply at the same member; it travels with the
 * engine's request, so that the answer needs no form in bytes.
 */
final class Proposal implements Message {

  private final long term;
  private final ByteString content;
  private final CompletableFuture<Object> answer = new CompletableFuture<>();

  /** The entry as the machine has read it, before it was appended. */
  private volatile @Nullable Object read;

  /** Set before the entry is in the log, by the thread that appends. */
  private volatile boolean mayBeInLog;

  /**
   * @param term in which alone it is appended
   * @param entry not changed afterwards
   */
  Proposal(long term, byte[] entry) {
    this.term = term;
    content = UnsafeByteOperations.unsafeWrap(entry);
  }

  @Override
  public ByteString getContent() {
    return content;
  }

  @Override
  public String toString() {
    return content.size() + " bytes";
  }

  void read(Object entry) {
    read = entry;
  }

  /** Null before it was read. */
  @Nullable Object read() {
    return read;
  }

  long term() {
    return term;
  }

  CompletableFuture<Object> answer() {
    return answer;
  }

  void appending() {
    mayBeInLog = true;
  }

  void applied(Object result) {
    answer.complete(result);
  }

  /** Without effect if it has been applied here. */
  void failed(Throwable cause) {
    if (mayBeInLog) {
      answer.completeExceptionally(cause);
    } else {
      answer.completeExceptionally(new NotAppendedException(String.valueOf(cause.getMessage())));
    }
  }
}
