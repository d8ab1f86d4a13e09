package io.tyer.testkit.sample;

import io.tyer.line.LockName;
import io.tyer.spi.StoreException;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens for one session, on a connection and a thread of its own, and connects again. */
final class SampleListening implements AutoCloseable {

  /** The server says something more often than that. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final long PAUSE_NANOS = 100_000_000;

  private final SampleClient client;
  private final String session;
  private final Consumer<@Nullable LockName> hints;
  private volatile boolean closed;
  private volatile @Nullable SampleConnection connection;

  SampleListening(SampleClient client, String session, Consumer<@Nullable LockName> hints) {
    this.client = client;
    this.session = session;
    this.hints = hints;
  }

  /** Listens until closed. */
  void run() {
    while (!closed && !client.closed()) {
      try (SampleConnection own = client.connect(SILENCE)) {
        connection = own;
        if (!closed) {
          listen(own);
        }
      } catch (StoreException | IOException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void listen(SampleConnection own) throws IOException {
    own.send(
        out -> {
          out.writeByte(Wire.LISTEN);
          out.writeUTF(session);
        });
    while (!closed && !client.closed()) {
      DataInputStream in = own.receive();
      int told = in.readUnsignedByte();
      if (told == Wire.NAME) {
        hints.accept(LockName.of(in.readUTF()));
      } else if (told == Wire.ANYTHING) {
        hints.accept(null);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    SampleConnection own = connection;
    if (own != null) {
      own.close();
    }
  }
}
