package io.tyer.servers.tyer;

import io.tyer.server.ClientSecurity;
import io.tyer.server.PeerSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.door.DoorLimits;
import io.tyer.server.replica.MemberInfo;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program of one member. */
final class MemberProcess {

  private static final int MEMBERS_FROM = 3;

  private MemberProcess() {}

  /**
   * Serves until it is ended, or cannot go on.
   *
   * @param arguments directory, id, {@link Access#PLAINTEXT}, with a colon and the directory of
   *     tokens if there are any, or the directory of certificates, and all members as
   *     ID=PEER/CLIENT, with /HTTP behind it if they speak it
   */
  public static void main(String[] arguments) throws Exception {
    List<MemberInfo> members =
        Arrays.stream(arguments).skip(MEMBERS_FROM).map(MemberProcess::member).toList();
    TyerServer server =
        TyerServer.start(config(Path.of(arguments[0]), arguments[1], arguments[2], members));
    // By SIGTERM; by SIGKILL nobody is asked.
    Runtime.getRuntime().addShutdownHook(new Thread(null, server::close, "member-end", 0, false));
    try (server) {
      Void unused = server.stopped().get();
    }
  }

  private static ServerConfig config(
      Path directory, String id, String access, List<MemberInfo> members) {
    MemberInfo self =
        members.stream().filter(member -> member.id().equals(id)).findAny().orElseThrow();
    String client = self.clientAddress();
    int port = socket(client).getPort();
    if (access.startsWith(Access.PLAINTEXT)) {
      ServerConfig local =
          ServerConfig.local(directory, port)
              .withPeers(new PeerSecurity.Insecure())
              .withMembers(id, members.size() == 1 ? List.of() : members)
              .withSecurity(new ClientSecurity.Plaintext());
      ServerConfig plain =
          self.httpAddress().isEmpty() ? local : local.withHttp(socket(self.httpAddress()));
      String tokens = access.substring(Access.PLAINTEXT.length());
      return tokens.isEmpty()
          ? plain
          : plain.withOperatorToken(new AccessTokens(Path.of(tokens.substring(1))).ofOperator());
    }
    Certificates certificates = new Certificates(Path.of(access));
    return new ServerConfig(
        directory,
        "torture",
        id,
        socket(client),
        Optional.empty(),
        self.peerAddress(),
        members,
        false,
        new ClientSecurity.Tls(certificates.ofDoor()),
        new PeerSecurity.Tls(certificates.ofPeers()),
        Optional.of(new AccessTokens(Path.of(access)).ofOperator()),
        DoorLimits.DEFAULT,
        Optional.empty(),
        Set.of(),
        false);
  }

  private static InetSocketAddress socket(String address) {
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private static MemberInfo member(String text) {
    int equals = text.indexOf('=');
    String[] addresses = text.substring(equals + 1).split("/", -1);
    return new MemberInfo(
        text.substring(0, equals),
        addresses[0],
        addresses[1],
        addresses.length > 2 ? addresses[2] : "");
  }
}
