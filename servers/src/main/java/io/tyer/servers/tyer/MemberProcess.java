package io.tyer.servers.tyer;

import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The program of one member: in plain text, on this machine. */
final class MemberProcess {

  private MemberProcess() {}

  /**
   * Serves until it is killed.
   *
   * @param arguments directory, id, port, and all members as ID=PEER/CLIENT
   */
  public static void main(String[] arguments) throws Exception {
    List<MemberInfo> members = Arrays.stream(arguments).skip(3).map(MemberProcess::member).toList();
    ServerConfig config =
        ServerConfig.local(Path.of(arguments[0]), Integer.parseInt(arguments[2]))
            .withMembers(arguments[1], members)
            .withSecurity(new ClientSecurity.Plaintext());
    try (TyerServer server = TyerServer.start(config)) {
      Void unused = server.stopped().get();
    }
  }

  private static MemberInfo member(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/');
    return new MemberInfo(
        text.substring(0, equals), text.substring(equals + 1, slash), text.substring(slash + 1));
  }
}
