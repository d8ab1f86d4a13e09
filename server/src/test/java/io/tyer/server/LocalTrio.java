package io.tyer.server;

import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Three members in this process, in plain text, that speak plain HTTP, too. */
final class LocalTrio implements AutoCloseable {

  private static final int MEMBERS = 3;

  private final List<TyerServer> servers = new ArrayList<>();

  static LocalTrio start(Path directory) throws IOException {
    LocalTrio trio = new LocalTrio();
    List<MemberInfo> members = addresses();
    try {
      for (MemberInfo member : members) {
        trio.servers.add(TyerServer.start(config(directory, member, members)));
      }
      return trio;
    } catch (IOException | RuntimeException e) {
      trio.close();
      throw e;
    }
  }

  private static ServerConfig config(Path directory, MemberInfo self, List<MemberInfo> members) {
    InetSocketAddress http =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port(self.httpAddress()));
    return ServerConfig.local(directory.resolve(self.id()), port(self.clientAddress()))
        .withPeers(new PeerSecurity.Insecure())
        .withMembers(self.id(), members)
        .withSecurity(new ClientSecurity.Plaintext())
        .withHttp(http);
  }

  /** Of free ports, no two alike. */
  private static List<MemberInfo> addresses() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    List<MemberInfo> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      List<String> free = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        free.add("127.0.0.1:" + socket.getLocalPort());
      }
      members.add(new MemberInfo("m" + i, free.get(0), free.get(1), free.get(2)));
    }
    for (ServerSocket one : held) {
      one.close();
    }
    return members;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Those that run. */
  List<TyerServer> servers() {
    return List.copyOf(servers);
  }

  /** Waits until one of them leads. */
  TyerServer leader() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < until) {
      for (TyerServer server : servers) {
        if (server.status().leading()) {
          return server;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("nobody leads for 30 s");
  }

  /** Stops one, for good. */
  void stop(TyerServer member) {
    servers.remove(member);
    member.close();
  }

  @Override
  public void close() {
    servers.forEach(TyerServer::close);
  }
}
