package io.tyer.testkit.sample;

import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A server of versioned records: get, compare-and-set, remove, list, age, hints. It knows nothing
 * of locks. A process of its own, so that tests can kill it; it ends with the process that started
 * it.
 *
 * <p>What it promises: a change that it has acknowledged is kept when it is killed; changes of one
 * record are atomic and in one order; ages are told by one clock, its own.
 */
public final class SampleServer {

  private static final int MOST_CONNECTIONS = 1_000;

  private final SampleRecords records;
  private final SampleHints hints;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

  SampleServer(SampleRecords records, SampleHints hints) {
    this.records = records;
    this.hints = hints;
  }

  /**
   * Runs the server.
   *
   * @param arguments the directory of its data, the port (0: a free one, which it prints), and
   *     perhaps {@link SampleFlaws}
   */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0], "log");
    SampleFlaws flaws = SampleFlaws.parse(List.of(arguments).subList(2, arguments.length));
    List<Entry> kept = SampleLog.replay(path);
    SampleRecords records =
        new SampleRecords(kept, flaws.appendingTo(SampleLog.open(path)), flaws.clockMillis());
    ServerSocket listening =
        new ServerSocket(Integer.parseInt(arguments[1]), 200, InetAddress.getLoopbackAddress());
    SampleServer server = new SampleServer(records, new SampleHints());
    start("accept", () -> server.accept(listening));
    System.out.println(listening.getLocalPort());
    while (System.in.read() >= 0) {
      // Nothing is said; the end of it means that whoever started this is gone.
    }
    System.exit(0);
  }

  void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        if (places.tryAcquire()) {
          start("client", () -> serve(client));
        } else {
          client.close();
        }
      }
    } catch (IOException e) {
      System.err.println("no more connections are accepted: " + e);
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      if (in.readInt() != Wire.GREETING) {
        return;
      }
      while (true) {
        answer(Wire.receive(in), out);
      }
    } catch (IOException e) {
      // The client is gone, or not one of ours. What it was answered stays true.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void answer(DataInputStream in, DataOutputStream out)
      throws IOException, InterruptedException {
    int request = in.readUnsignedByte();
    switch (request) {
      case Wire.GET -> reply(out, records.get(Wire.getKey(in)));
      case Wire.REPLACE -> replace(in, out);
      case Wire.REMOVE -> {
        boolean removed = records.remove(Wire.getKey(in), in.readLong(), in.readLong());
        status(out, removed ? Wire.OK : Wire.NOT_THERE);
      }
      case Wire.LIST -> list(records.list(Wire.getKind(in)), out);
      case Wire.AGE -> age(records.ageMillis(Wire.getKey(in), in.readLong(), in.readLong()), out);
      case Wire.HINT -> hints.tell(in.readUTF(), in.readUTF());
      case Wire.LISTEN -> hints.serve(in.readUTF(), out);
      default -> refuse(out, "there is no request " + request);
    }
  }

  private void replace(DataInputStream in, DataOutputStream out) throws IOException {
    RecordKey key = Wire.getKey(in);
    long expectedVersion = in.readLong();
    long expectedNonce = in.readLong();
    long nonce = in.readLong();
    byte[] content = in.readAllBytes();
    if (content.length > SampleMedium.LARGEST_RECORD) {
      refuse(out, "a record of " + content.length + " bytes is too large");
      return;
    }
    long version = records.replace(key, expectedVersion, expectedNonce, nonce, content);
    if (version == 0) {
      status(out, Wire.NOT_THERE);
    } else {
      Wire.send(
          out,
          frame -> {
            frame.writeByte(Wire.OK);
            frame.writeLong(version);
          });
    }
  }

  private static void reply(DataOutputStream out, @Nullable Stamped found) throws IOException {
    if (found == null) {
      status(out, Wire.NOT_THERE);
      return;
    }
    Wire.send(
        out,
        frame -> {
          frame.writeByte(Wire.OK);
          frame.writeLong(found.version());
          frame.writeLong(found.nonce());
          frame.write(found.content());
        });
  }

  private static void age(@Nullable Long millis, DataOutputStream out) throws IOException {
    if (millis == null) {
      status(out, Wire.NOT_THERE);
      return;
    }
    Wire.send(
        out,
        frame -> {
          frame.writeByte(Wire.OK);
          frame.writeLong(millis);
        });
  }

  private static void list(List<String> ids, DataOutputStream out) throws IOException {
    Wire.send(
        out,
        frame -> {
          frame.writeByte(Wire.OK);
          frame.writeInt(ids.size());
          for (String id : ids) {
            frame.writeUTF(id);
          }
        });
  }

  private static void status(DataOutputStream out, int status) throws IOException {
    Wire.send(out, frame -> frame.writeByte(status));
  }

  private static void refuse(DataOutputStream out, String why) throws IOException {
    Wire.send(
        out,
        frame -> {
          frame.writeByte(Wire.REFUSED);
          frame.writeUTF(why);
        });
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
