package io.tyer.testkit.sample;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Records on a {@link SampleServer}. */
public final class SampleMedium implements RecordMedium {

  static final int LARGEST_RECORD = 1 << 20;

  /** Names are spread over so many records; part of the format. */
  private static final int BUCKETS = 64;

  private final Surroundings surroundings;
  private final SampleClient client;
  private final Set<SampleListening> listening = ConcurrentHashMap.newKeySet();

  /** A medium that has not connected yet. */
  public SampleMedium(InetSocketAddress server, LineStoreProvider.Settings settings) {
    this.surroundings = settings.surroundings();
    // Half, so that there is time left to find out what has come of a request without an answer.
    Duration silence = settings.operationTimeout().dividedBy(2);
    Duration connect = settings.connectTimeout();
    this.client =
        new SampleClient(server, connect.compareTo(silence) < 0 ? connect : silence, silence);
  }

  @Override
  public String description() {
    return client.description();
  }

  @Override
  public RecordKey home(LockName name) {
    return homeOf(name);
  }

  static RecordKey homeOf(LockName name) {
    CRC32C crc = new CRC32C();
    crc.update(name.utf8());
    return new RecordKey(RecordKey.Kind.LINES, Long.toString(crc.getValue() % BUCKETS));
  }

  @Override
  public @Nullable Stamped read(RecordKey key) throws StoreException {
    return client.ask(
        false,
        out -> {
          out.writeByte(Wire.GET);
          Wire.putKey(out, key);
        },
        in -> {
          long version = in.readLong();
          long nonce = in.readLong();
          return new Stamped(version, nonce, in.readAllBytes());
        });
  }

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    if (content.length > LARGEST_RECORD) {
      throw new StoreException(
          Kind.REFUSED, "a record of " + content.length + " bytes is too large for " + this);
    }
    long nonce = surroundings.nextLong();
    return client.ask(
        true,
        out -> {
          out.writeByte(Wire.REPLACE);
          Wire.putKey(out, key);
          out.writeLong(expected == null ? 0 : expected.version());
          out.writeLong(expected == null ? 0 : expected.nonce());
          out.writeLong(nonce);
          out.write(content);
        },
        in -> new Stamped(in.readLong(), nonce, content));
  }

  @Override
  public boolean remove(RecordKey key, Stamped expected) throws StoreException {
    if (key.kind() != RecordKey.Kind.SESSION) {
      throw new IllegalArgumentException("only sessions are removed: " + key);
    }
    Boolean removed =
        client.ask(
            true,
            out -> {
              out.writeByte(Wire.REMOVE);
              Wire.putKey(out, key);
              out.writeLong(expected.version());
              out.writeLong(expected.nonce());
            },
            in -> true);
    return removed != null;
  }

  @Override
  public List<RecordKey> list(RecordKey.Kind kind) throws StoreException {
    return Objects.requireNonNull(
        client.ask(
            false,
            out -> {
              out.writeByte(Wire.LIST);
              out.writeUTF(kind.name());
            },
            in -> {
              int count = in.readInt();
              List<RecordKey> keys = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                keys.add(new RecordKey(kind, in.readUTF()));
              }
              return keys;
            }));
  }

  @Override
  public @Nullable Duration age(RecordKey key, Stamped version) throws StoreException {
    return client.ask(
        false,
        out -> {
          out.writeByte(Wire.AGE);
          Wire.putKey(out, key);
          out.writeLong(version.version());
          out.writeLong(version.nonce());
        },
        in -> Duration.ofMillis(in.readLong()));
  }

  @Override
  public void hint(Hint hint) {
    try {
      client.tell(
          out -> {
            out.writeByte(Wire.HINT);
            out.writeUTF(hint.to().toString());
            out.writeUTF(hint.name().text());
          });
    } catch (StoreException e) {
      // A hint may be lost.
    }
  }

  @Override
  public AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints) {
    SampleListening own =
        new SampleListening(
            client,
            self.toString(),
            name -> hints.accept(name == null ? null : new Hint(self, name)));
    listening.add(own);
    surroundings.startThread("sample-hints", own::run);
    return () -> {
      listening.remove(own);
      own.close();
    };
  }

  @Override
  public boolean tells() {
    return true;
  }

  @Override
  public void sweepHints(List<SessionId> living) {
    // The server forgets who listened when his connection ends.
  }

  @Override
  public void close() {
    client.close();
    listening.forEach(SampleListening::close);
  }

  @Override
  public String toString() {
    return description();
  }
}
