package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.servers.sql.PostgresKind;
import io.tyer.testkit.server.StoreServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@Timeout(180)
class PromptSocketsTest {

  @Test
  void onlyALookForMoreDoesNotWait() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Socket socket = new PromptSockets().createSocket(loopback, server.getLocalPort());
        Socket other = server.accept()) {
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(PromptSockets.LOOK_MILLIS);
      assertThatThrownBy(in::read)
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("nothing more has come");
      socket.setSoTimeout(20);
      assertThatThrownBy(() -> in.read(new byte[1]))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageNotContaining("nothing more");
      other.getOutputStream().write(7);
      socket.setSoTimeout(0);
      assertThat(in.read()).isEqualTo(7);
      other.getOutputStream().write(8);
      while (in.available() == 0) {
        Thread.onSpinWait();
      }
      socket.setSoTimeout(PromptSockets.LOOK_MILLIS);
      assertThat(in.read(new byte[5])).isEqualTo(1);
      other.shutdownOutput();
      socket.setSoTimeout(0);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /** All of several notices come, in order, and the driver reads what else it is sent. */
  @Test
  void theDriverHearsAllThatIsSent() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("socketFactory", PromptSockets.class.getName());
    try (StoreServer server = new PostgresKind().shared();
        Connection sends = DriverManager.getConnection(server.address());
        Connection hears = DriverManager.getConnection(server.address(), properties);
        Statement statement = hears.createStatement();
        Statement notify = sends.createStatement()) {
      statement.execute("LISTEN heard");
      int next = 0;
      for (int round = 0; round < 50; round++) {
        notify.execute(
            "SELECT pg_notify('heard', n::text) FROM generate_series("
                + (3 * round + ", " + (3 * round + 2))
                + ") n");
        while (next < 3 * round + 3) {
          PGNotification[] heard = hears.unwrap(PGConnection.class).getNotifications(20_000);
          assertThat(heard).isNotEmpty();
          for (PGNotification one : heard) {
            assertThat(one.getParameter()).isEqualTo(Integer.toString(next));
            next++;
          }
        }
        assertThat(hears.isValid(5)).isTrue();
      }
    }
  }
}
