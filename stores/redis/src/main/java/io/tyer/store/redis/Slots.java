package io.tyer.store.redis;

import io.lettuce.core.cluster.SlotHash;
import io.tyer.line.LockName;
import java.nio.charset.StandardCharsets;

/**
 * How names are spread over a cluster: a fixed number of shards, each with a hash tag whose slot
 * lies in its own equal part of all slots, so that masters with equal parts of the slots have equal
 * parts of the shards. A name belongs to the shard in whose part its own slot lies.
 */
final class Slots {

  static final int SHARDS = 32;
  private static final int PART = SlotHash.SLOT_COUNT / SHARDS;
  private static final String[] TAGS = tags();

  private Slots() {}

  /** The smallest number whose slot lies in each part. */
  private static String[] tags() {
    String[] tags = new String[SHARDS];
    int missing = SHARDS;
    for (int number = 0; missing > 0; number++) {
      String tag = Integer.toString(number);
      int part = SlotHash.getSlot(tag) / PART;
      if (tags[part] == null) {
        tags[part] = tag;
        missing--;
      }
    }
    return tags;
  }

  static String tag(int shard) {
    return TAGS[shard];
  }

  /** The slot of a shard's keys. */
  static int slot(int shard) {
    return SlotHash.getSlot(TAGS[shard].getBytes(StandardCharsets.US_ASCII));
  }

  /** The hash tag of the shard in whose part a slot lies. */
  static String tagAt(int slot) {
    return TAGS[slot / PART];
  }

  static int shardOf(LockName name) {
    return SlotHash.getSlot(name.utf8()) / PART;
  }
}
