package io.tyer.store.jdbc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets for PostgreSQL's driver, which makes this by its name. Public for the driver only.
 *
 * <p>When news has come, the driver looks whether there is more by a read with a time-out of one
 * millisecond, and only then passes on what it has. On these sockets such a read does not wait.
 */
public final class PromptSockets extends SocketFactory {

  /** The time-out by which a look for more is told from other reads. */
  static final int LOOK_MILLIS = 1;

  /** For the driver. */
  public PromptSockets() {}

  @Override
  public Socket createSocket() {
    return new PromptSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, from, fromPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(from, fromPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  private static final class PromptSocket extends Socket {

    private volatile boolean looks;

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The driver is in it one at a time.
    public void setSoTimeout(int millis) throws SocketException {
      super.setSoTimeout(millis);
      looks = millis == LOOK_MILLIS;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          refuseToWait();
          return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          refuseToWait();
          return super.read(bytes, from, length);
        }

        private void refuseToWait() throws IOException {
          if (looks && available() == 0) {
            throw new SocketTimeoutException("nothing more has come");
          }
        }
      };
    }
  }
}
