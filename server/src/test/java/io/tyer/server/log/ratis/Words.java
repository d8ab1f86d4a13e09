package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import io.tyer.server.log.PeerClock;
import io.tyer.server.log.UnreadableEntryException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A machine that remembers the beginnings of its entries, and answers how many there were. */
final class Words implements LogMachine {

  static final long WALL = 1_800_000_000_000L;

  /** Longer entries only fill the log. */
  private static final int KEPT = 24;

  private volatile List<String> words = List.of();
  private volatile boolean leading;

  /** As a release that knows more. */
  volatile boolean readsGarbage;

  private volatile long term;
  private volatile long index = -1;
  final CountDownLatch restored = new CountDownLatch(1);

  static byte[] entry(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Object read(byte[] entry) throws UnreadableEntryException {
    if (entry.length > 0 && entry[0] == 0 && !readsGarbage) {
      throw new UnreadableEntryException("garbage", new IOException());
    }
    return entry;
  }

  @Override
  public PeerClock clock() {
    return new PeerClock("", WALL, 3);
  }

  @Override
  public long lastNumber() {
    return words.size();
  }

  @Override
  public Object apply(long at, Object read) {
    byte[] entry = (byte[]) read;
    if (at <= index) {
      throw new IllegalStateException(at + " after " + index);
    }
    String word = new String(entry, 0, Math.min(KEPT, entry.length), StandardCharsets.UTF_8);
    if (word.equals("poison")) {
      throw new IllegalStateException("poison");
    }
    if (!word.isBlank()) {
      List<String> more = new ArrayList<>(words);
      more.add(word.strip());
      words = List.copyOf(more);
    }
    index = at;
    return words.size();
  }

  @Override
  public Image image() {
    List<String> now = words;
    long at = index;
    return out -> {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(at);
      data.writeInt(now.size());
      for (String word : now) {
        data.writeUTF(word);
      }
      data.flush();
    };
  }

  @Override
  public void restore(InputStream image) throws IOException {
    DataInputStream data = new DataInputStream(image);
    long at = data.readLong();
    List<String> read = new ArrayList<>();
    for (int left = data.readInt(); left > 0; left--) {
      read.add(data.readUTF());
    }
    words = List.copyOf(read);
    index = at;
    restored.countDown();
  }

  @Override
  public void leads(long inTerm) {
    term = inTerm;
    leading = true;
  }

  @Override
  public void follows() {
    leading = false;
  }

  long term() {
    return term;
  }

  boolean leads() {
    return leading;
  }

  List<String> words() {
    return words;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    image().writeTo(out);
    return out.toByteArray();
  }
}
