package io.tyer.server;

import com.google.protobuf.ByteString;
import com.sun.management.OperatingSystemMXBean;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tyer.protocol.v1.Beat;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Open;
import io.tyer.protocol.v1.ServerMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What many sessions cost that hold nothing and only beat, every 5 s: at one member in a process of
 * its own, in plain text, on the disk of {@code java.io.tmpdir}. Its name keeps it out of builds;
 * run it by {@code -Dtest=IdleSessionsBench}, with {@code -Dtyer.sessions}, {@code
 * -Dtyer.connections} and {@code -Dtyer.seconds} where others are wanted.
 */
class IdleSessionsBench {

  private static final int TTL_MILLIS = 15_000;
  private static final long BEAT_NANOS = 5_000_000_000L;
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void manySessions() throws Exception {
    try (Served server = new Served(directory)) {
      run(
          server,
          Integer.getInteger("tyer.sessions", 10_000),
          Integer.getInteger("tyer.connections", 20),
          Integer.getInteger("tyer.seconds", 20));
    }
  }

  /** The server, in a directory. */
  public static void main(String[] args) throws Exception {
    serve(Path.of(args[0]));
  }

  private static void run(Served server, int sessions, int connections, int seconds)
      throws IOException {
    List<ManagedChannel> channels = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      channels.add(NettyChannelBuilder.forAddress("127.0.0.1", server.port).usePlaintext().build());
    }
    long empty = server.ask().heap();
    List<Idle> all = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      all.add(new Idle(channels.get(i % connections), i));
      while (all.size() - Idle.OPENED.get() > 500) {
        LockSupport.parkNanos(100_000);
      }
    }
    long until = System.nanoTime() + 60_000_000_000L;
    while (Idle.OPENED.get() < sessions && System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.printf("%d sessions of %d are open%n", Idle.OPENED.get(), sessions);
    beat(all, BEAT_NANOS);
    Figures before = server.ask();
    long beatsBefore = Idle.ANSWERED.get();
    Idle.SLOWEST.set(0);
    long began = System.nanoTime();
    beat(all, seconds * 1_000_000_000L);
    double took = (System.nanoTime() - began) / 1e9;
    long answered = Idle.ANSWERED.get() - beatsBefore;
    Figures after = server.ask();
    System.out.printf(
        "%d idle sessions on %d connections, %.0f s: server's CPU %.1f %% of a core, heap after GC"
            + " %d MiB (%d MiB before them), %.0f beats/s in %.0f entries/s, slowest beat %.0f ms,"
            + " %d streams ended; load %.1f%n",
        sessions,
        connections,
        took,
        100 * (after.cpuNanos() - before.cpuNanos()) / 1e9 / took,
        after.heap() / MIB,
        empty / MIB,
        answered / took,
        (after.applied() - before.applied()) / took,
        Idle.SLOWEST.get() / 1e6,
        Idle.ENDED.get(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Each of them every 5 s, evenly. */
  private static void beat(List<Idle> all, long nanos) {
    long began = System.nanoTime();
    long sent = 0;
    long elapsed = 0;
    while (elapsed < nanos) {
      elapsed = System.nanoTime() - began;
      long due = (long) ((double) elapsed / BEAT_NANOS * all.size());
      for (; sent < due; sent++) {
        all.get((int) (sent % all.size())).beat();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  // ---- the server's process

  private static void serve(Path directory) throws Exception {
    ServerConfig config =
        ServerConfig.local(directory, 0).withSecurity(new ClientSecurity.Plaintext());
    try (TyerServer server = TyerServer.start(config);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (!server.status().leading()) {
        LockSupport.parkNanos(1_000_000);
      }
      System.out.println(server.port());
      OperatingSystemMXBean machine =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      while (in.readLine() != null) {
        // Before the collection, which is none of the sessions' cost.
        long cpu = machine.getProcessCpuTime();
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.println(cpu + " " + heap + " " + server.status().applied());
      }
    }
  }

  private record Figures(long cpuNanos, long heap, long applied) {}

  private static final class Served implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final OutputStream out;
    private final int port;

    Served(Path directory) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                  "-cp",
                  System.getProperty("java.class.path"),
                  IdleSessionsBench.class.getName(),
                  directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      in = process.inputReader(StandardCharsets.UTF_8);
      out = process.getOutputStream();
      port = Integer.parseInt(in.readLine());
    }

    Figures ask() throws IOException {
      out.write('\n');
      out.flush();
      String[] said = in.readLine().split(" ", -1);
      return new Figures(Long.parseLong(said[0]), Long.parseLong(said[1]), Long.parseLong(said[2]));
    }

    @Override
    public void close() throws IOException {
      out.close();
      try {
        int unused = process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
      }
    }
  }

  // ---- a session

  private static final class Idle implements StreamObserver<ServerMessage> {
    static final AtomicLong OPENED = new AtomicLong();
    static final AtomicLong ANSWERED = new AtomicLong();
    static final AtomicLong ENDED = new AtomicLong();
    static final AtomicLong SLOWEST = new AtomicLong();

    private final StreamObserver<ClientMessage> requests;
    private long sequence = 1;
    private volatile long sent;
    private volatile boolean open;

    Idle(ManagedChannel channel, int number) {
      requests = LocksGrpc.newStub(channel).session(this);
      ByteBuffer secret = ByteBuffer.allocate(16).putLong(System.nanoTime()).putLong(number);
      Open opening =
          Open.newBuilder()
              .setSecret(ByteString.copyFrom(secret.flip()))
              .setTtlMillis(TTL_MILLIS)
              .setOwner("idle")
              .build();
      requests.onNext(ClientMessage.newBuilder().setSequence(1).setOpen(opening).build());
    }

    void beat() {
      sent = System.nanoTime();
      requests.onNext(
          ClientMessage.newBuilder()
              .setSequence(++sequence)
              .setSettled(sequence)
              .setBeat(Beat.getDefaultInstance())
              .build());
    }

    @Override
    public void onNext(ServerMessage message) {
      if (!message.hasReply() || !message.getReply().hasAlive()) {
        return;
      }
      if (open) {
        ANSWERED.incrementAndGet();
        SLOWEST.accumulateAndGet(System.nanoTime() - sent, Math::max);
      } else {
        open = true;
        OPENED.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable ended) {
      ENDED.incrementAndGet();
    }

    @Override
    public void onCompleted() {
      ENDED.incrementAndGet();
    }
  }
}
