package io.tyer.store.remote;

import io.tyer.server.ClientSecurity;
import io.tyer.server.PeerSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.replica.MemberInfo;
import io.tyer.servers.process.Ports;
import io.tyer.testkit.host.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three members in this process, in plain text. */
final class LocalTrio implements AutoCloseable {

  private static final int MEMBERS = 3;

  /** Between a port that is a server's own and the second one that is. */
  private static final int PEER = 10_000;

  private final List<TyerServer> running = new ArrayList<>();
  private final Map<String, ServerConfig> configs = new HashMap<>();

  /**
   * As soon as one of them leads.
   *
   * @param also what each is started with besides
   */
  static LocalTrio start(Path directory, UnaryOperator<ServerConfig> also) throws Exception {
    List<MemberInfo> members = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      int port = Ports.take();
      ports.add(port);
      members.add(new MemberInfo("m" + i, "127.0.0.1:" + (port + PEER), "127.0.0.1:" + port));
    }
    LocalTrio trio = new LocalTrio();
    for (int i = 0; i < MEMBERS; i++) {
      String id = members.get(i).id();
      ServerConfig config =
          ServerConfig.local(directory.resolve(id), ports.get(i))
              .withPeers(new PeerSecurity.Insecure())
              .withMembers(id, members)
              .withSecurity(new ClientSecurity.Plaintext());
      trio.configs.put(id, also.apply(config));
    }
    try {
      trio.startMissing();
      Await.until("one leads", () -> trio.leading().findAny().isPresent());
      return trio;
    } catch (Exception | AssertionError e) {
      trio.close();
      throw e;
    }
  }

  private void startMissing() throws IOException {
    for (ServerConfig config : configs.values()) {
      if (running.stream().noneMatch(it -> it.status().self().id().equals(config.member()))) {
        running.add(TyerServer.start(config));
      }
    }
  }

  private Stream<TyerServer> leading() {
    return running.stream().filter(member -> member.status().leading());
  }

  /** Whether one of them leads. */
  boolean isLed() {
    return leading().findAny().isPresent();
  }

  /** Waits until one of them leads. */
  TyerServer leader() throws Exception {
    Await.until("one leads", () -> leading().findAny().isPresent());
    return leading().findAny().orElseThrow();
  }

  /** As clients are told it, in plain text. */
  String address() {
    return "tyer://"
        + running.stream().map(TyerServer::address).collect(Collectors.joining(","))
        + "?plaintext=true";
  }

  /** Stops it as the program does that is told to. */
  void stop(TyerServer member) {
    running.remove(member);
    member.close();
  }

  /** Starts the ones that were stopped. */
  void restart() throws IOException {
    startMissing();
  }

  @Override
  public void close() {
    running.forEach(TyerServer::close);
  }
}
