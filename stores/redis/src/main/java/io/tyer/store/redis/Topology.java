package io.tyer.store.redis;

import io.tyer.store.network.HostPort;
import java.util.concurrent.CompletionStage;

/** Which server keeps a shard, now. */
interface Topology extends AutoCloseable {

  int shards();

  /** The hash tag of a shard's keys. */
  String tag(int shard);

  /**
   * Sends a script to the server of a shard; the request is told how it ends.
   *
   * @param replicated whether it counts only once replicas have acknowledged it
   */
  void send(int shard, Request request, boolean replicated);

  /** Where messages can be listened for; asked before each connection. */
  CompletionStage<HostPort> forInbox();

  @Override
  void close();
}
