package io.tyer.store.remote;

import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.tls.TlsFiles;
import io.tyer.servers.tls.Authority;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.host.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client and a real server: who gets in, and what the others are told. */
@Timeout(180)
class TlsTest {

  /** What is wrong is told long before a time-out could be the answer. */
  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir Path directory;

  private Authority servers;
  private Authority clients;
  private @Nullable TyerServer server;

  @BeforeEach
  void authorities() throws IOException {
    servers = authority("servers");
    clients = authority("clients");
  }

  private Authority authority(String name) throws IOException {
    return new Authority(directory.resolve(name), name, System.currentTimeMillis());
  }

  @AfterEach
  void stop() {
    close();
  }

  private void close() {
    TyerServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }

  // ---- who gets in

  @Test
  void aServerOfTheAuthorityIsBelieved() throws Exception {
    start(new TlsFiles(identity().certificate(), identity().key(), Optional.empty()));
    assertServed("localhost", "tls-ca=" + servers.certificate());
    assertServed("127.0.0.1", "tls-ca=" + servers.certificate());
  }

  @Test
  void whoShowsACertificateOfTheAuthorityComesIn() throws Exception {
    startMutual();
    assertServed("localhost", shows(clients.issue("shop")));
  }

  // ---- who does not

  @Test
  void whoShowsNoCertificateIsToldWhichOptionsNameOne() throws Exception {
    startMutual();
    // What the server says comes behind the client's part of the handshake: it must not be lost.
    for (int i = 0; i < 10; i++)
      assertRefused(
          "tls-ca=" + servers.certificate(), "demands a certificate", "tls-cert and tls-key");
  }

  @Test
  void whoShowsOneOfAnotherAuthorityIsToldWhoseItIs() throws Exception {
    startMutual();
    TlsFiles stranger = authority("strangers").issue("stranger");
    assertRefused(
        shows(stranger), "does not believe the certificate that tls-cert names", "CN=strangers");
  }

  @Test
  void whoShowsAnExpiredOneIsToldSo() throws Exception {
    startMutual();
    assertRefused(shows(clients.issueExpired("late")), "tls-cert", "it has expired, on 20");
  }

  @Test
  void aServerOfAnotherAuthorityIsNotBelieved() throws Exception {
    startMutual();
    Authority others = authority("others");
    assertRefused("tls-ca=" + others.certificate(), "not signed by an authority", "tls-ca");
    assertRefused("", "not signed by an authority", "tls-ca");
  }

  @Test
  void aServerWhoseCertificateHasExpiredIsNotBelieved() throws Exception {
    TlsFiles expired = servers.issueExpired("server");
    start(new TlsFiles(expired.certificate(), expired.key(), Optional.empty()));
    assertRefused("tls-ca=" + servers.certificate(), "its certificate has expired");
  }

  @Test
  void aServerThatShowsAnotherHostsCertificateIsNotBelieved() throws Exception {
    TlsFiles elsewhere = servers.issueFor("elsewhere.example");
    start(new TlsFiles(elsewhere.certificate(), elsewhere.key(), Optional.empty()));
    assertRefused("tls-ca=" + servers.certificate(), "another host's", "localhost");
  }

  @Test
  void plainTextToAServerWithTlsIsSaid() throws Exception {
    start(new TlsFiles(identity().certificate(), identity().key(), Optional.empty()));
    StoreException failure = failure("plaintext=true");
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("leave out plaintext=true");
  }

  @Test
  void tlsToAServerInPlainTextIsSaid() throws Exception {
    start(new ClientSecurity.Plaintext());
    assertRefused("tls-ca=" + servers.certificate(), "does not speak TLS", "plaintext=true");
  }

  // ---- certificates that are exchanged

  @Test
  void aClientShowsWhatItsFilesHoldWhenItConnects() throws Exception {
    startMutual();
    int port = running().port();
    TlsFiles shown = clients.issue("shop");
    try (BareStore store = store("localhost", shows(shown))) {
      BareStore.Session session = store.open();
      Object unused = get(session.enter("a"));
      // The authority is exchanged at the server, and what the client shows.
      close();
      Authority next = authority("next");
      replace(next.issue("shop"), shown);
      start(mutual(next), port);
      assertThat(get(session.enter("b"))).isInstanceOf(TicketState.Granted.class);
    }
  }

  @Test
  void filesThatHoldNothingOfUseAreNotTaken() throws Exception {
    startMutual();
    int port = running().port();
    TlsFiles shown = clients.issue("shop");
    try (BareStore store = store("localhost", shows(shown))) {
      BareStore.Session session = store.open();
      Object unused = get(session.enter("a"));
      Files.writeString(shown.certificate(), "half of a");
      close();
      start(mutual(clients), port);
      assertThat(get(session.enter("b"))).isInstanceOf(TicketState.Granted.class);
    }
  }

  private static void replace(TlsFiles from, TlsFiles to) throws IOException {
    Files.move(from.certificate(), to.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(from.key(), to.key(), StandardCopyOption.REPLACE_EXISTING);
  }

  // ---- the server

  private TlsFiles identity() throws IOException {
    return servers.issue("server");
  }

  private ClientSecurity mutual(Authority ofClients) throws IOException {
    TlsFiles own = identity();
    return new ClientSecurity.Tls(
        new TlsFiles(own.certificate(), own.key(), Optional.of(ofClients.certificate())));
  }

  private void startMutual() throws Exception {
    start(mutual(clients));
  }

  private void start(TlsFiles files) throws Exception {
    start(new ClientSecurity.Tls(files));
  }

  private void start(ClientSecurity security) throws Exception {
    start(security, 0);
  }

  private void start(ClientSecurity security, int port) throws Exception {
    TyerServer started =
        TyerServer.start(
            ServerConfig.local(directory.resolve("data"), port).withSecurity(security));
    server = started;
    Await.until("it leads", () -> started.status().leading());
  }

  private TyerServer running() {
    TyerServer running = server;
    if (running == null) {
      throw new IllegalStateException("no server runs");
    }
    return running;
  }

  // ---- the client

  private String shows(TlsFiles own) {
    return "tls-ca="
        + servers.certificate()
        + "&tls-cert="
        + own.certificate()
        + "&tls-key="
        + own.key();
  }

  private BareStore store(String host, String options) throws Exception {
    return new BareStore("tyer://" + host + ":" + running().port() + "?" + options, LONG);
  }

  private void assertServed(String host, String options) throws Exception {
    try (BareStore store = store(host, options)) {
      BareStore.Session session = store.open();
      assertThat(get(session.enter("a"))).isInstanceOf(TicketState.Granted.class);
      assertThat(get(session.end())).isTrue();
    }
  }

  private void assertRefused(String options, String... said) throws Exception {
    StoreException failure = failure(options);
    assertThat(failure.kind()).as(String.valueOf(failure.getMessage())).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContainingAll(said);
    assertThat(failure).hasMessageNotContaining("PRIVATE KEY");
    assertThat(running().status().sessions()).as("nothing is got").isZero();
  }

  private StoreException failure(String options) throws Exception {
    try (BareStore store = store("localhost", options)) {
      long began = System.nanoTime();
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> get(store.opening()));
      assertThat(failure).isNotNull();
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("no time-out: %s", failure.getMessage())
          .isLessThan(LONG.dividedBy(2));
      CompletableFuture<List<LineView>> listed =
          Asked.begin(reply -> store.store().list("", reply));
      assertThat(catchThrowableOfType(StoreException.class, () -> get(listed)).kind())
          .as("operators are told the same")
          .isEqualTo(failure.kind());
      return failure;
    }
  }
}
