package io.tyer.server.run;

import io.tyer.command.Refusal;
import io.tyer.server.ServerConfig;
import io.tyer.server.replica.MemberInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members as the command line names them. */
final class PeerList {

  private PeerList() {}

  /** All that are named, each time separated by commas. */
  static List<MemberInfo> parse(List<String> peers) {
    return peers.stream()
        .flatMap(some -> Stream.of(some.split(",", -1)))
        .map(PeerList::parse)
        .toList();
  }

  private static MemberInfo parse(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/', equals);
    int second = slash < 0 ? -1 : text.indexOf('/', slash + 1);
    if (equals < 1 || slash < 0) {
      throw Refusal.usage(
          "--peers wants id=host:port/host:port, for members and for clients, and perhaps"
              + " /host:port for plain HTTP, separated by commas; not '"
              + text
              + "'");
    }
    return new MemberInfo(
        text.substring(0, equals),
        HostPort.parse("--peers", text.substring(equals + 1, slash), ServerCommand.PORT + 1)
            .toString(),
        HostPort.parse(
                "--peers",
                text.substring(slash + 1, second < 0 ? text.length() : second),
                ServerCommand.PORT)
            .toString(),
        second < 0 ? "" : http("--peers", text.substring(second + 1)));
  }

  /** An address for plain HTTP. */
  static String http(String what, String text) {
    return HostPort.parse(what, text, ServerConfig.HTTP_PORT).toString();
  }

  static Optional<String> advertised(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(given -> HostPort.parse("--advertise", given, ServerCommand.PORT).toString());
  }
}
