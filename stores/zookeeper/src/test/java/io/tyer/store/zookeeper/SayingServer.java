package io.tyer.store.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Says of itself what it is told to say, and serves nobody. */
final class SayingServer implements AutoCloseable {

  private static final int WORD = 4;

  private final ServerSocket socket;
  private final String text;

  SayingServer(String text) throws IOException {
    this.text = text;
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::run, "saying-server");
    thread.setDaemon(true);
    thread.start();
  }

  String place() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void run() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        String word =
            new String(client.getInputStream().readNBytes(WORD), StandardCharsets.US_ASCII);
        if (word.equals("srvr")) {
          client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (SocketException e) {
        // It has gone.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
