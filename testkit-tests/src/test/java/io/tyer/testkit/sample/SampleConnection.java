package io.tyer.testkit.sample;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A client's connection to the server. For one request at a time. */
final class SampleConnection implements AutoCloseable {

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;

  /**
   * Connects. Nothing is known of the server yet when this returns.
   *
   * @param silence for how long the server may say nothing where something is waited for
   */
  SampleConnection(InetSocketAddress server, Duration connectTimeout, Duration silence)
      throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) silence.toMillis());
      InetSocketAddress resolved = new InetSocketAddress(server.getHostString(), server.getPort());
      socket.connect(resolved, (int) connectTimeout.toMillis());
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(Wire.GREETING);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void send(Wire.Content request) throws IOException {
    Wire.send(out, request);
  }

  DataInputStream receive() throws IOException {
    return Wire.receive(in);
  }

  /** May be called while another thread sends or receives, which then fails. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed even so.
    }
  }
}
