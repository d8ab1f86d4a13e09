package io.tyer.store.redis;

import io.tyer.line.LockName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys of one shard: all of them in one slot, by their hash tag. */
final class Keys {

  private final byte[] line;
  private final String base;
  private final byte[] sessions;
  private final byte[] floor;

  Keys(String prefix, String tag) {
    this.base = prefix + ":{" + tag + "}:";
    this.line = bytes(base + "line:");
    this.sessions = bytes(base + "sessions");
    this.floor = bytes(base + "floor");
  }

  byte[] sessions() {
    return sessions;
  }

  byte[] floor() {
    return floor;
  }

  byte[] session(String who) {
    return bytes(base + "session:" + who);
  }

  byte[] inbox(String who) {
    return bytes(base + "inbox:" + who);
  }

  byte[] line(LockName name) {
    return line(name.utf8());
  }

  byte[] line(byte[] name) {
    byte[] key = Arrays.copyOf(line, line.length + name.length);
    System.arraycopy(name, 0, key, line.length, name.length);
    return key;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
