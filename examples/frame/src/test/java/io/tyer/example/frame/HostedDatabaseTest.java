package io.tyer.example.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The database that a demo hosts itself. */
class HostedDatabaseTest {

  private static final Pattern PORT = Pattern.compile(":(\\d+)/");

  @Test
  void othersShareItWithThePasswordOnly() throws SQLException {
    try (HostedDatabase database = HostedDatabase.start()) {
      DriverManager.getConnection(database.url()).close();
      HostedDatabase.connect(database.url()).getConnection().close();
      String guessed = database.url().replaceAll("PASSWORD=.*", "PASSWORD=x");
      assertThatThrownBy(() -> DriverManager.getConnection(guessed).close())
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void nobodyElseCanMakeOne() throws SQLException {
    try (HostedDatabase database = HostedDatabase.start()) {
      String other = database.url().replaceAll("/mem:[^;]*", "/mem:other");
      assertThatThrownBy(() -> DriverManager.getConnection(other).close())
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void listensOnTheLoopbackOnly() throws Exception {
    try (HostedDatabase database = HostedDatabase.start()) {
      Matcher port = PORT.matcher(database.url());
      assertThat(port.find()).isTrue();
      int number = Integer.parseInt(port.group(1));
      assertThat(isOpen(new InetSocketAddress(InetAddress.getLoopbackAddress(), number))).isTrue();
      assertThat(otherAddresses().map(address -> new InetSocketAddress(address, number)))
          .noneMatch(HostedDatabaseTest::isOpen);
    }
  }

  private static Stream<Inet4Address> otherAddresses() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .map(Inet4Address.class::cast)
        .filter(address -> !address.isLoopbackAddress());
  }

  private static boolean isOpen(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
