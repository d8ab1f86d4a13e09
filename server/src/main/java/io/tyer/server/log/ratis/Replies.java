package io.tyer.server.log.ratis;

import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.RaftClientReply;

/** What the engine answers to requests that are not appends. */
final class Replies {

  private Replies() {}

  static RaftClientReply good(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new CompletionException(reply.getException());
    }
    return reply;
  }

  static long index(RaftClientReply reply) {
    return good(reply).getLogIndex();
  }
}
