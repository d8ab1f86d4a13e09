package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.StoreException;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves that no update is lost. A record holds a counter per writer, and each writer writes what
 * it has read with its own counter raised by one. So in version v the counters make v - 1, or else
 * something was built on a version that is not the one before; and a writer's counters are as many
 * as its replacements, or else one of them is gone.
 *
 * <p>What was acknowledged is kept in a mapped file, which outlives the writer's process.
 */
final class Tally {

  static final int WRITERS = 64;

  private static final int ACKNOWLEDGED = 0;
  private static final int UNKNOWN = 8;
  private static final int PENDING = 16;
  private static final int ROW = 24;

  private final MappedByteBuffer rows;

  Tally(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      rows = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) ROW * WRITERS);
    }
  }

  /** Lets processes of {@link TallyWriters} write at the same time. */
  static void runToTheEnd(List<ChildJvm> children) throws Exception {
    try {
      for (ChildJvm child : children) {
        assertThat(child.line()).isEqualTo("ready");
      }
      for (ChildJvm child : children) {
        child.tell("go");
      }
      for (ChildJvm child : children) {
        assertThat(child.rest()).isEqualTo("done\n");
        assertThat(child.end()).isZero();
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  static byte[] zero() {
    return new byte[8 * WRITERS];
  }

  /** Reads a record and tries once to raise a writer's counter in it. Whether it did. */
  boolean raise(RecordMedium medium, RecordKey key, int writer) throws StoreException {
    Stamped found = medium.read(key);
    if (found != null) {
      checkSum(key, found);
    }
    ByteBuffer next = ByteBuffer.wrap(found == null ? zero() : found.content().clone());
    next.putLong(8 * writer, next.getLong(8 * writer) + (found == null ? 0 : 1));
    put(writer, PENDING, 1);
    try {
      Stamped written = medium.replace(key, found, next.array());
      if (written != null && found != null) {
        put(writer, ACKNOWLEDGED, acknowledged(writer) + 1);
      }
      put(writer, PENDING, 0);
      return written != null;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNKNOWN) {
        put(writer, PENDING, 0);
        throw e;
      }
      unknown(writer);
      return false;
    }
  }

  /** The writer died, or does not know what became of its last replacement. */
  void unknown(int writer) {
    put(writer, UNKNOWN, get(writer, UNKNOWN) + get(writer, PENDING));
    put(writer, PENDING, 0);
  }

  long acknowledged(int writer) {
    return get(writer, ACKNOWLEDGED);
  }

  long unknowns() {
    long sum = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      sum += get(writer, UNKNOWN);
    }
    return sum;
  }

  long acknowledged() {
    long sum = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      sum += acknowledged(writer);
    }
    return sum;
  }

  /** Compares the records with what the writers were told. */
  void check(RecordMedium medium, List<RecordKey> keys) throws StoreException {
    long[] counted = new long[WRITERS];
    for (RecordKey key : keys) {
      Stamped newest = medium.read(key);
      assertThat(newest).as("record %s", key).isNotNull();
      checkSum(key, newest);
      for (int writer = 0; writer < WRITERS; writer++) {
        counted[writer] += ByteBuffer.wrap(newest.content()).getLong(8 * writer);
      }
    }
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(counted[writer])
          .as("replacements of writer %d", writer)
          .isBetween(
              acknowledged(writer),
              acknowledged(writer) + get(writer, UNKNOWN) + get(writer, PENDING));
    }
  }

  private static void checkSum(RecordKey key, @Nullable Stamped version) {
    if (version == null) {
      throw new AssertionError(key + " is absent");
    }
    long sum = 0;
    ByteBuffer counters = ByteBuffer.wrap(version.content());
    while (counters.hasRemaining()) {
      sum += counters.getLong();
    }
    if (sum != version.version() - 1) {
      throw new AssertionError(
          key + ": version " + version.version() + " counts " + sum + " replacements");
    }
  }

  private long get(int writer, int column) {
    return rows.getLong(writer * ROW + column);
  }

  private void put(int writer, int column, long value) {
    rows.putLong(writer * ROW + column, value);
  }
}
