package io.tyer.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FaultProxyTest {

  private static final int LONG_MILLIS = 20_000;
  private static final int SHORT_MILLIS = 300;

  private EchoServer server;
  private FaultProxy proxy;
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new EchoServer();
    proxy = FaultProxy.to(server.address());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    proxy.close();
    server.close();
  }

  @Test
  void everythingPassesBothWaysInOrder() throws Exception {
    Socket client = connect();
    byte[] sent = new byte[3 << 20];
    new Random(1).nextBytes(sent);
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(client, sent));
    assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    sending.get(60, TimeUnit.SECONDS);
    assertThat(proxy.bytesPassed()).isEqualTo(2L * sent.length);
    assertThat(proxy.openConnections()).isEqualTo(1);
  }

  @Test
  void anEndIsPassedOnAndWhatCameBeforeItToo() throws Exception {
    Socket client = connect();
    send(client, "last words");
    client.shutdownOutput();
    assertThat(new String(client.getInputStream().readAllBytes(), UTF)).isEqualTo("last words");
    await(() -> proxy.openConnections() == 0);
  }

  @Test
  void aBlackHoleSwallowsBothWaysAndKeepsConnectionsOpen() throws Exception {
    Socket old = connect();
    assertThat(ask(old, "a")).isEqualTo("a");
    proxy.mode(ProxyMode.BLACK_HOLE);
    send(old, "b");
    Socket fresh = connect();
    send(fresh, "c");
    assertSilent(old);
    assertSilent(fresh);
    assertThat(server.received()).isEqualTo(1);
    assertThat(server.accepted()).isEqualTo(1);
    assertThat(proxy.openConnections()).isEqualTo(2);
  }

  @Test
  void whatWasSwallowedIsNeverLeftOutOfAStreamThatGoesOn() throws Exception {
    Socket old = connect();
    Socket quiet = connect();
    assertThat(ask(old, "a")).isEqualTo("a");
    assertThat(ask(quiet, "a")).isEqualTo("a");
    proxy.mode(ProxyMode.BLACK_HOLE);
    send(old, "b");
    Socket fresh = connect();
    assertSilent(old);
    assertSilent(fresh);
    proxy.mode(ProxyMode.PASS);
    assertReset(old);
    assertReset(fresh);
    assertThat(ask(quiet, "d")).isEqualTo("d");
    assertThat(ask(connect(), "e")).isEqualTo("e");
    assertThat(server.received()).isEqualTo(4);
  }

  @Test
  void aCloseInABlackHoleIsNotSeenBeyondIt() throws Exception {
    Socket client = connect();
    assertThat(ask(client, "a")).isEqualTo("a");
    proxy.mode(ProxyMode.BLACK_HOLE);
    client.setSoLinger(true, 0);
    client.close();
    Socket other = connect();
    assertSilent(other);
    assertThat(proxy.openConnections()).isEqualTo(2);
    proxy.mode(ProxyMode.PASS);
    await(() -> proxy.openConnections() == 0);
  }

  @Test
  void lostRepliesWereStillDone() throws Exception {
    Socket old = connect();
    proxy.mode(ProxyMode.LOST_REPLIES);
    send(old, "ab");
    Socket fresh = connect();
    send(fresh, "cd");
    await(() -> server.received() == 4);
    assertSilent(old);
    assertSilent(fresh);
    proxy.mode(ProxyMode.PASS);
    assertReset(old);
    assertReset(fresh);
  }

  @Test
  void aDelayHoldsEachWayAndKeepsTheOrder() throws Exception {
    Socket client = connect();
    assertThat(ask(client, "a")).isEqualTo("a");
    proxy.mode(ProxyMode.delay(Duration.ofMillis(200)));
    long start = System.nanoTime();
    send(client, "b");
    send(client, "c");
    client.setSoTimeout(LONG_MILLIS);
    assertThat(new String(client.getInputStream().readNBytes(2), UTF)).isEqualTo("bc");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(400));
  }

  @Test
  void whatIsDelayedComesAtOnceWhenTheDelayEnds() throws Exception {
    Socket client = connect();
    proxy.mode(ProxyMode.delay(Duration.ofHours(1)));
    send(client, "b");
    assertSilent(client);
    proxy.mode(ProxyMode.PASS);
    assertThat(ask(client, "c")).isEqualTo("b");
  }

  @Test
  void refusalResetsNewConnectionsOnly() throws Exception {
    Socket old = connect();
    assertThat(ask(old, "a")).isEqualTo("a");
    proxy.mode(ProxyMode.REFUSE);
    assertReset(connect());
    assertThat(ask(old, "b")).isEqualTo("b");
    proxy.mode(ProxyMode.PASS);
    assertThat(ask(connect(), "c")).isEqualTo("c");
  }

  @Test
  void allConnectionsAreResetOnDemand() throws Exception {
    Socket one = connect();
    Socket two = connect();
    assertThat(ask(one, "a")).isEqualTo("a");
    assertThat(ask(two, "a")).isEqualTo("a");
    proxy.resetAll();
    assertReset(one);
    assertReset(two);
    assertThat(proxy.openConnections()).isZero();
    assertThat(ask(connect(), "b")).isEqualTo("b");
  }

  @Test
  void oneReplyIsDroppedAfterItsRequestWasDone() throws Exception {
    Socket client = connect();
    Socket other = connect();
    assertThat(ask(client, "a")).isEqualTo("a");
    proxy.dropNextReply();
    send(client, "b");
    assertReset(client);
    assertThat(server.received()).isEqualTo(2);
    assertThat(proxy.repliesDropped()).isEqualTo(1);
    assertThat(ask(other, "c")).isEqualTo("c");
    assertThat(ask(connect(), "d")).isEqualTo("d");
  }

  @Test
  void ofSeveralProxiesOneDropsAReply() throws Exception {
    try (FaultProxy second = FaultProxy.to(proxy.address())) {
      Socket client = connect();
      InetSocketAddress at = second.address();
      Socket other = new Socket(at.getAddress(), at.getPort());
      assertThat(ask(client, "a")).isEqualTo("a");
      assertThat(ask(other, "b")).isEqualTo("b");
      try (FaultProxy third = FaultProxy.to(proxy.address())) {
        FaultProxy.dropNextReplyOf(List.of(third, second));
        send(other, "c");
        assertReset(other);
        assertThat(second.repliesDropped()).isEqualTo(1);
        InetSocketAddress there = third.address();
        assertThat(ask(new Socket(there.getAddress(), there.getPort()), "d")).isEqualTo("d");
        assertThat(third.repliesDropped()).isZero();
      }
    }
  }

  @Test
  void aClientWhoseServerIsNotThereIsReset() throws Exception {
    try (Socket taken = new Socket()) {
      // Nobody listens there, and nobody else can meanwhile.
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress nobody = (InetSocketAddress) taken.getLocalSocketAddress();
      try (FaultProxy toNobody = FaultProxy.to(nobody)) {
        InetSocketAddress at = toNobody.address();
        assertReset(new Socket(at.getAddress(), at.getPort()));
        assertThat(toNobody.openConnections()).isZero();
      }
    }
  }

  @Test
  void closingLeavesNoThreadAndNoSocket() throws Exception {
    Socket client = connect();
    assertThat(ask(client, "a")).isEqualTo("a");
    InetSocketAddress address = proxy.address();
    proxy.close();
    assertReset(client);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().equals("fault-proxy-" + address.getPort()));
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
        .isInstanceOf(IOException.class);
    assertThat(proxy.openConnections()).isZero();
    try (FaultProxy again = FaultProxy.at(address, server.address())) {
      assertThat(again.address()).isEqualTo(address);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    clients.add(client);
    return client;
  }

  private static final Charset UTF = StandardCharsets.UTF_8;

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF));
  }

  private static void sendAll(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ask(Socket client, String text) throws IOException {
    client.setSoTimeout(LONG_MILLIS);
    send(client, text);
    return new String(client.getInputStream().readNBytes(text.length()), UTF);
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static void assertReset(Socket client) throws IOException {
    client.setSoTimeout(LONG_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(LONG_MILLIS * 1_000_000L);
      Thread.sleep(10);
    }
  }
}
