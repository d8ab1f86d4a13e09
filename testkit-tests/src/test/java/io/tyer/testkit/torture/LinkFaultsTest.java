package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.testkit.fault.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Between a client and a server that repeats each byte. */
@Timeout(120)
class LinkFaultsTest {

  private ServerSocket server;
  private FaultProxy proxy;
  private Socket client;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::echo, "echo");
    echo.setDaemon(true);
    echo.start();
    proxy = FaultProxy.to(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    client = open();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    server.close();
  }

  private Socket open() throws IOException {
    Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private void echo() {
    while (!server.isClosed()) {
      try (Socket one = server.accept()) {
        one.getInputStream().transferTo(one.getOutputStream());
      } catch (IOException e) {
        // The next one.
      }
    }
  }

  private Fault.Injury strike(FaultKind kind, double size) throws Exception {
    return Strikes.strike(LinkFaults.of(List.of(proxy)), kind, 0, size).orElseThrow();
  }

  private int said(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    return socket.getInputStream().read();
  }

  @Test
  void aResetEndsConnectionsAndNewOnesWork() throws Exception {
    assertThat(said(client)).isEqualTo(7);
    strike(FaultKind.RESET, 0.5).heal();
    assertThatThrownBy(() -> said(client)).isInstanceOf(SocketException.class);
    try (Socket other = open()) {
      assertThat(said(other)).isEqualTo(7);
    }
  }

  @Test
  void inABlackHoleNothingIsHeardUntilItIsHealed() throws Exception {
    assertThat(said(client)).isEqualTo(7);
    Fault.Injury injury = strike(FaultKind.BLACK_HOLE, 0.5);
    client.setSoTimeout(300);
    assertThatThrownBy(() -> said(client)).isInstanceOf(SocketTimeoutException.class);
    client.close();
    injury.heal();
    try (Socket other = open()) {
      assertThat(said(other)).isEqualTo(7);
    }
  }

  @Test
  void aReplyIsLostAfterTheRequestWasHeard() throws Exception {
    assertThat(said(client)).isEqualTo(7);
    Fault.Injury injury = strike(FaultKind.LOST_REPLY, 0.1);
    assertThatThrownBy(() -> said(client)).isInstanceOf(SocketException.class);
    injury.heal();
    assertThat(proxy.repliesDropped()).isEqualTo(1);
  }

  @Test
  void noReplyIsLostAfterTheLossOfOneIsHealed() throws Exception {
    assertThat(said(client)).isEqualTo(7);
    strike(FaultKind.LOST_REPLY, 0.1).heal();
    assertThat(said(client)).isEqualTo(7);
    assertThat(proxy.repliesDropped()).isZero();
  }

  @Test
  void aDelayTakesItsTimeUntilItIsHealed() throws Exception {
    assertThat(said(client)).isEqualTo(7);
    Fault.Injury injury = strike(FaultKind.DELAY, 1);
    long from = System.nanoTime();
    assertThat(said(client)).isEqualTo(7);
    assertThat(System.nanoTime() - from).isGreaterThan(1_000_000_000L);
    injury.heal();
    assertThat(said(client)).isEqualTo(7);
  }
}
