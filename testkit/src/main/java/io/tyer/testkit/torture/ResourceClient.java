package io.tyer.testkit.torture;

import io.tyer.testkit.history.What;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes to the fenced resource. For one thread. */
final class ResourceClient implements AutoCloseable {

  static final int PATIENCE_MILLIS = 3_000;

  private final InetSocketAddress address;
  private final int patienceMillis;
  private @Nullable Connection connection;

  /** One that waits as long as a worker does. */
  ResourceClient(InetSocketAddress address) {
    this(address, PATIENCE_MILLIS);
  }

  ResourceClient(InetSocketAddress address, int patienceMillis) {
    this.address = address;
    this.patienceMillis = patienceMillis;
  }

  /** A connection with its reader. */
  private record Connection(Socket socket, BufferedReader replies) {

    static Connection to(InetSocketAddress address, int patienceMillis) throws IOException {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        socket.connect(address, patienceMillis);
        return new Connection(
            socket,
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
  }

  /** Writes under the token of this operation, and says what became of it. */
  What write(OperationLog operation, String name) {
    try {
      Connection open = connection;
      if (open == null) {
        open = Connection.to(address, patienceMillis);
        connection = open;
      }
      OutputStream out = open.socket().getOutputStream();
      String request =
          operation.process()
              + " "
              + operation.operation()
              + " "
              + operation.token()
              + " "
              + URLEncoder.encode(name, StandardCharsets.UTF_8)
              + "\n";
      out.write(request.getBytes(StandardCharsets.UTF_8));
      String reply = open.replies().readLine();
      if (ResourceServer.ACCEPTED.equals(reply)) {
        return What.ACCEPTED;
      } else if (ResourceServer.REFUSED.equals(reply)) {
        return What.REFUSED;
      }
    } catch (IOException e) {
      // Whether it was written nobody knows here.
    }
    close();
    return What.UNANSWERED;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.socket().close();
      } catch (IOException e) {
        // It is of no use any more either way.
      }
    }
  }
}
