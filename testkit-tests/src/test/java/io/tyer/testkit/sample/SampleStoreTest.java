package io.tyer.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerKind;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the sample store must be before anything is concluded from tests that run on it. */
@Timeout(300)
class SampleStoreTest {

  private static final RecordKey KEY = new RecordKey(RecordKey.Kind.SESSION, "a");
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  /** For what must be answered, however slow the machine is. */
  private static final Duration PATIENT = Duration.ofSeconds(60);

  /** For what must not be. */
  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  @TempDir Path directory;

  private SampleProcess server;
  private FaultProxy proxy;
  private SystemSurroundings surroundings;
  private SampleMedium medium;

  @BeforeEach
  void start() throws Exception {
    server = (SampleProcess) ServerKind.named("sample").start(directory);
    proxy = FaultProxy.to(server.endpoint().orElseThrow());
    surroundings = new SystemSurroundings(null);
    medium = new SampleMedium(proxy.address(), settings(PATIENT));
  }

  @AfterEach
  void stop() {
    medium.close();
    surroundings.close();
    proxy.close();
    server.close();
  }

  /** With this limit on each operation. */
  private LineStoreProvider.Settings settings(Duration operation) {
    return new LineStoreProvider.Settings(
        surroundings, Duration.ofSeconds(15), operation, operation);
  }

  @Test
  void aLockIsHeldAndGivenBackAndNothingIsLeft() throws Exception {
    try (Tyer tyer = Tyer.open(server.address())) {
      try (Lease lease = tyer.lock("a").acquire()) {
        assertThat(lease.isValid()).isTrue();
        assertThat(server.look()).isEqualTo(new Contents(new TreeMap<>(Map.of("a", 1)), 1));
      }
      assertThat(server.look().tickets("a")).isZero();
    }
    assertThat(server.look().isEmpty()).isTrue();
  }

  @Test
  void aRecordIsReplacedOnlyByWhoKnowsItsNewestVersion() throws Exception {
    Stamped first = Objects.requireNonNull(medium.replace(KEY, null, ONE));
    assertThat(medium.replace(KEY, null, TWO)).isNull();
    Stamped second = Objects.requireNonNull(medium.replace(KEY, first, TWO));
    assertThat(medium.replace(KEY, first, ONE)).isNull();
    assertThat(medium.age(KEY, first)).isNull();
    assertThat(medium.age(KEY, second)).isBetween(Duration.ZERO, Duration.ofSeconds(30));
    assertThat(medium.remove(KEY, first)).isFalse();
    assertThat(medium.remove(KEY, second)).isTrue();
    assertThat(medium.read(KEY)).isNull();
    Stamped again = Objects.requireNonNull(medium.replace(KEY, null, ONE));
    assertThat(again.same(first)).isFalse();
    assertThat(medium.list(RecordKey.Kind.SESSION)).containsExactly(KEY);
    assertThat(medium.list(RecordKey.Kind.LINES)).isEmpty();
  }

  @Test
  void whatWasAcknowledgedSurvivesSigkill() throws Exception {
    Stamped last = null;
    for (int i = 0; i < 50; i++) {
      last = Objects.requireNonNull(medium.replace(KEY, last, ONE));
    }
    server.kill();
    assertThat(server.pid()).isEmpty();
    server.start();
    // Its connections are gone; who only reads may say that nothing has happened.
    assertThatThrownBy(() -> medium.read(KEY)).matches(e -> is(e, StoreException.Kind.UNREACHABLE));
    Stamped found = Objects.requireNonNull(medium.read(KEY));
    assertThat(found.same(Objects.requireNonNull(last))).isTrue();
    assertThat(found.content()).isEqualTo(ONE);
    assertThat(medium.replace(KEY, found, TWO)).isNotNull();
  }

  @Test
  void aLogThatWasCutOffIsReadAsFarAsItGoes() throws Exception {
    Stamped first = Objects.requireNonNull(medium.replace(KEY, null, ONE));
    server.kill();
    Path log = directory.resolve("log");
    Files.write(log, new byte[] {0, 0, 0, 50, 1, 2}, StandardOpenOption.APPEND);
    server.start();
    try (SampleMedium other =
        new SampleMedium(server.endpoint().orElseThrow(), settings(PATIENT))) {
      Stamped second = Objects.requireNonNull(other.replace(KEY, first, TWO));
      server.kill();
      server.start();
      try (SampleMedium third =
          new SampleMedium(server.endpoint().orElseThrow(), settings(PATIENT))) {
        assertThat(Objects.requireNonNull(third.read(KEY)).same(second)).isTrue();
      }
    }
  }

  @Test
  void whoCannotConnectKnowsThatNothingHappened() {
    server.kill();
    try (SampleMedium straight =
        new SampleMedium(server.endpoint().orElseThrow(), settings(PATIENT))) {
      assertThatThrownBy(() -> straight.replace(KEY, null, ONE))
          .matches(e -> is(e, StoreException.Kind.UNREACHABLE));
    }
  }

  @Test
  void aReplyThatIsLostLeavesTheOutcomeUnknown() throws Exception {
    try (SampleMedium impatient = new SampleMedium(proxy.address(), settings(IMPATIENT));
        SampleMedium straight =
            new SampleMedium(server.endpoint().orElseThrow(), settings(PATIENT))) {
      awaitAnswer(impatient);
      proxy.dropNextReply();
      assertThatThrownBy(() -> impatient.replace(KEY, null, ONE))
          .matches(e -> is(e, StoreException.Kind.UNKNOWN));
      assertThat(Objects.requireNonNull(straight.read(KEY)).content()).isEqualTo(ONE);
      awaitAnswer(impatient);
      proxy.mode(ProxyMode.BLACK_HOLE);
      assertThatThrownBy(() -> impatient.replace(KEY, null, TWO))
          .matches(e -> is(e, StoreException.Kind.UNKNOWN));
      assertThatThrownBy(() -> impatient.read(KEY))
          .matches(e -> is(e, StoreException.Kind.UNREACHABLE));
      proxy.mode(ProxyMode.PASS);
      awaitAnswer(impatient);
      assertThat(Objects.requireNonNull(straight.read(KEY)).content()).isEqualTo(ONE);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() {
    byte[] large = new byte[SampleMedium.LARGEST_RECORD + 1];
    assertThatThrownBy(() -> medium.replace(KEY, null, large))
        .matches(e -> is(e, StoreException.Kind.REFUSED));
  }

  @Test
  void garbageEndsOneConnectionAndNothingElse() throws Exception {
    assertThat(medium.replace(KEY, null, ONE)).isNotNull();
    for (int[] words :
        new int[][] {{0x47455420}, {Wire.GREETING, -1}, {Wire.GREETING, Integer.MAX_VALUE}}) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), server.endpoint().orElseThrow().getPort())) {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        for (int word : words) {
          out.writeInt(word);
        }
        socket.setSoTimeout(60_000);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertThat(medium.read(KEY)).isNotNull();
  }

  @Test
  void hintsArriveAlsoAfterTheConnectionsWereReset() throws Exception {
    SessionId self = new SessionId(1, 2);
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (AutoCloseable listening =
        medium.listen(self, hint -> heard.add(hint == null ? "anything" : hint.name().text()))) {
      assertThat(listening).isNotNull();
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("anything");
      medium.hint(new Hint(new SessionId(3, 4), LockName.of("not-for-us")));
      medium.hint(new Hint(self, LockName.of("a")));
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("a");
      proxy.resetAll();
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("anything");
      medium.hint(new Hint(self, LockName.of("lost-perhaps")));
      medium.hint(new Hint(self, LockName.of("b")));
      String next = heard.poll(60, TimeUnit.SECONDS);
      assertThat("lost-perhaps".equals(next) ? heard.poll(60, TimeUnit.SECONDS) : next)
          .isEqualTo("b");
    }
  }

  @Test
  void aSessionWithoutBeatsDiesOfItsTtlAloneAndNotBefore() throws Exception {
    Duration ttl = Duration.ofSeconds(5);
    try (Tyer cut =
            Tyer.builder(server.addressAt("127.0.0.1", proxy.address().getPort())).ttl(ttl).open();
        Tyer other = Tyer.builder(server.address()).ttl(Duration.ofSeconds(30)).open()) {
      Lease lease = cut.lock("a").acquire();
      long cutAt = System.nanoTime();
      proxy.mode(ProxyMode.BLACK_HOLE);
      try (Lease next = other.lock("a").acquire()) {
        Duration waited = Duration.ofNanos(System.nanoTime() - cutAt);
        assertThat(lease.isValid()).isFalse();
        assertThat(next.isValid()).isTrue();
        // It had beaten at most a third of its TTL before.
        assertThat(waited).isGreaterThan(ttl.multipliedBy(6).dividedBy(10));
      }
      proxy.mode(ProxyMode.PASS);
      lease.close();
    }
  }

  @Test
  void unknownOptionsAndAddressesAreRefused() {
    for (String address :
        new String[] {"sample:x", "sample://h:p", "sample://h:1?what=1", "sample://h:1?proof=x"}) {
      assertThatThrownBy(
              () -> new SampleStoreProvider().open(StoreAddress.parse(address), settings(PATIENT)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Until it is connected; the class' time-out ends it. */
  private static void awaitAnswer(SampleMedium medium) {
    while (true) {
      try {
        var unused = medium.read(KEY);
        return;
      } catch (StoreException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean is(Throwable thrown, StoreException.Kind kind) {
    return thrown instanceof StoreException e && e.kind() == kind;
  }
}
