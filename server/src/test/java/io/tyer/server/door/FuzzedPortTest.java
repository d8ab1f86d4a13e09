package io.tyer.server.door;

import static io.tyer.server.door.RawClient.enter;
import static io.tyer.server.door.RawClient.exclusive;
import static io.tyer.server.door.RawClient.leave;
import static io.tyer.server.door.RawClient.open;
import static io.tyer.server.door.RawClient.random;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.MemoryReplica;
import io.tyer.server.tls.DoorTls;
import io.tyer.server.tls.LiveTls;
import io.tyer.server.tls.TestAuthority;
import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes that no client would send, at a port at which a client works: it goes on, and nothing is
 * left of the others, neither connections nor memory nor lines in the log. {@code -Dtyer.seed}
 * repeats a run, {@code -Dtyer.fuzzed=20000} makes it longer.
 */
@Timeout(120)
class FuzzedPortTest {

  private static final long SEED = Long.getLong("tyer.seed", new SecureRandom().nextLong(1L << 40));
  private static final int COUNT = Integer.getInteger("tyer.fuzzed", 600);
  private static final long MEMORY = 48L << 20;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** The first of a JVM takes a second and more on a busy machine. */
  private static final Duration FOR_A_HANDSHAKE = Duration.ofSeconds(10);

  /** Silent connections are noticed soon. */
  private static final DoorLimits LIMITS =
      new DoorLimits(
          1_000,
          100,
          64 * 1024,
          100,
          10_000,
          1_000,
          0,
          10_000,
          DoorLimits.DEFAULT.unreadBytes(),
          SECOND,
          FOR_A_HANDSHAKE,
          LONG,
          SECOND,
          SECOND);

  @TempDir Path directory;

  private final MemoryReplica replica = new MemoryReplica();
  private final Random random = new Random(SEED);
  private final HttpFrames frames = new HttpFrames(random);

  @Test
  void inPlainText() throws Exception {
    try (Door door = door(Optional.empty())) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", door.port()).usePlaintext().build();
      attack(
          door,
          channel,
          COUNT,
          () -> {
            try (Socket socket = connect(door)) {
              throwAt(socket, frames.connection(), false);
            }
          });
    }
  }

  @Test
  void beforeAndBehindAHandshake() throws Exception {
    TestAuthority authority = new TestAuthority(directory, "authority");
    LiveTls server = LiveTls.load(authority.issue("server"));
    TlsFiles client = authority.issue("client");
    LiveTls own = LiveTls.load(client);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        new KeyManager[] {own.keys()}, new TrustManager[] {own.trust().orElseThrow()}, null);
    try (Door door = door(Optional.of(server))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", door.port())
              .sslContext(
                  GrpcSslContexts.forClient()
                      .trustManager(authority.certificate().toFile())
                      .keyManager(client.certificate().toFile(), client.key().toFile())
                      .build())
              .build();
      attack(
          door,
          channel,
          COUNT / 5,
          () -> {
            boolean behind = random.nextInt(6) == 0;
            try (Socket socket = behind ? secured(context, door) : connect(door)) {
              throwAt(socket, behind ? frames.connection() : hello(context), behind);
            }
          });
    }
  }

  private static Socket secured(SSLContext context, Door door) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", door.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** The beginning of a handshake, mostly a damaged one. */
  private byte[] hello(SSLContext context) throws IOException {
    SSLEngine engine = context.createSSLEngine("127.0.0.1", 1);
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    byte[] hello = new byte[record.flip().remaining()];
    record.get(hello);
    return random.nextInt(4) == 0 ? frames.connection() : frames.flipped(hello);
  }

  private Door door(Optional<LiveTls> tls) throws IOException {
    Door door =
        Door.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            tls.isPresent() ? Optional.of(DoorTls.of(tls.get())) : Optional.empty(),
            LIMITS,
            Guard.none());
    door.serve(replica);
    return door;
  }

  private static Socket connect(Door door) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door.port());
  }

  /** Writes, perhaps reads, and goes, perhaps with a reset that overtakes what was written. */
  private void throwAt(Socket socket, byte[] bytes, boolean patient) {
    try {
      socket.setSoLinger(!patient && random.nextBoolean(), 0);
      socket.getOutputStream().write(bytes);
      if (patient || random.nextInt(4) == 0) {
        socket.setSoTimeout(patient ? 50 : 1 + random.nextInt(20));
        byte[] unused = socket.getInputStream().readNBytes(1_000);
      }
    } catch (IOException refused) {
      // As it should be.
    }
  }

  private void attack(Door door, ManagedChannel channel, int count, Attack attack)
      throws Exception {
    String seed = "-Dtyer.seed=" + SEED;
    System.out.println("fuzzed port: " + seed);
    List<Socket> silent = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    Log log = new Log();
    try {
      RawClient client = RawClient.on(channel);
      client.ask(open(1, random(16)));
      CompletableFuture<Integer> work = CompletableFuture.supplyAsync(() -> work(client, over));
      for (int i = 0; i < 20; i++) {
        silent.add(connect(door));
      }
      long before = used();
      // Few come so far as to open a session, and by chance none of the first.
      for (int i = 0; i < count || replica.status().sessions() < 2; i++) {
        attack.run();
        assertThat(work).as("%s, %s: the client goes on", seed, i).isNotDone();
      }
      over.set(true);
      assertThat(work.join()).as(seed).isPositive();
      await(seed, door);
      assertThat(used() - before).as("%s: memory", seed).isLessThan(MEMORY);
      RawClient next = RawClient.on(channel);
      assertThat(next.ask(open(1, random(16))).hasAlive()).as(seed).isTrue();
    } finally {
      over.set(true);
      log.close();
      for (Socket socket : silent) {
        socket.close();
      }
      channel.shutdownNow();
      replica.close();
    }
    assertThat(log.text()).as(seed).isEmpty();
  }

  /** Enters and leaves, until told otherwise. */
  private static int work(RawClient client, AtomicBoolean over) {
    int sequence = 2;
    while (!over.get()) {
      ByteString request = random(16);
      ClientMessage enter = settled(enter(sequence, exclusive("mine", request)));
      long number = client.ask(enter).getTicket().getGranted().getNumber();
      assertThat(number).isPositive();
      ClientMessage leave = settled(leave(sequence + 1, "mine", request, number));
      assertThat(client.ask(leave).getFound()).isTrue();
      sequence += 2;
    }
    return sequence;
  }

  private static ClientMessage settled(ClientMessage message) {
    return message.toBuilder().setSettled(message.getSequence()).build();
  }

  /** Until only the client's connection is left, of which the silent ones do not know. */
  private static void await(String seed, Door door) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (door.connections() != 1 || door.streams() != 1 || door.unaryCalls() != 0) {
      assertThat(System.nanoTime())
          .as(
              "%s: %s connections, %s streams, %s calls",
              seed, door.connections(), door.streams(), door.unaryCalls())
          .isLessThan(until);
      Thread.sleep(10); // Nobody tells of connections that are closed.
    }
  }

  private static long used() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 2; i++) {
      System.gc();
      Thread.sleep(50); // For what references are cleared by other threads.
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private interface Attack {
    void run() throws Exception;
  }
}
