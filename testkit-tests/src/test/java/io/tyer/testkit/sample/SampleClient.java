package io.tyer.testkit.sample;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and says truthfully what is known when no answer comes. Connections that are not
 * in use are kept; each carries one request at a time, so that there are as many as requests at
 * once.
 */
final class SampleClient implements AutoCloseable {

  /** Reads what the server has answered behind {@link Wire#OK}. */
  @FunctionalInterface
  interface Answer<T> {
    T read(DataInputStream in) throws IOException;
  }

  private final InetSocketAddress server;
  private final Duration connectTimeout;
  private final Duration silence;
  private final ConcurrentLinkedDeque<SampleConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * A client that has not connected yet.
   *
   * @param silence how long the server may take to answer
   */
  SampleClient(InetSocketAddress server, Duration connectTimeout, Duration silence) {
    this.server = server;
    this.connectTimeout = connectTimeout;
    this.silence = silence;
  }

  String description() {
    return "sample://" + server.getHostString() + ":" + server.getPort();
  }

  /**
   * Asks something.
   *
   * @param changes whether the request may change something: without an answer it is then unknown
   *     whether it did
   * @return null if the server answered that there is no such thing
   */
  <T> @Nullable T ask(boolean changes, Wire.Content request, Answer<T> answer)
      throws StoreException {
    SampleConnection connection = connection();
    T value;
    try {
      connection.send(request);
      DataInputStream reply = connection.receive();
      int status = reply.readUnsignedByte();
      if (status == Wire.REFUSED) {
        throw new StoreException(Kind.REFUSED, description() + " refuses: " + reply.readUTF());
      }
      value = status == Wire.OK ? answer.read(reply) : null;
    } catch (IOException e) {
      connection.close();
      closeIdle(); // What broke this one has probably broken the others.
      throw new StoreException(
          changes ? Kind.UNKNOWN : Kind.UNREACHABLE,
          "no answer from " + description() + ": " + e.getMessage(),
          e);
    }
    giveBack(connection);
    return value;
  }

  /** Sends something that is not answered. */
  void tell(Wire.Content message) throws StoreException {
    SampleConnection connection = connection();
    try {
      connection.send(message);
    } catch (IOException e) {
      connection.close();
      throw new StoreException(Kind.UNKNOWN, description() + " is not told: " + e.getMessage(), e);
    }
    giveBack(connection);
  }

  /** A connection of one's own. */
  SampleConnection connect(Duration expectedWithin) throws StoreException {
    if (closed) {
      throw new StoreException(Kind.UNREACHABLE, description() + " was closed in this process");
    }
    try {
      return new SampleConnection(server, connectTimeout, expectedWithin);
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNREACHABLE, "no connection to " + description() + ": " + e.getMessage(), e);
    }
  }

  private SampleConnection connection() throws StoreException {
    SampleConnection kept = idle.pollFirst();
    return kept == null ? connect(silence) : kept;
  }

  private void giveBack(SampleConnection connection) {
    idle.addFirst(connection);
    if (closed) {
      closeIdle();
    }
  }

  private void closeIdle() {
    for (SampleConnection one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
      one.close();
    }
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }
}
