package io.tyer.servers.tyer;

import io.tyer.engine.SystemSurroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A lock server of one member, which keeps what it acknowledged, and demands access tokens; by
 * {@code -Dtyer.tls=true} it is reached by TLS, and demands certificates, too.
 */
public final class TyerKind extends MembersKind {

  /** For {@link java.util.ServiceLoader}. */
  public TyerKind() {
    super(1);
  }

  @Override
  public String name() {
    return "tyer";
  }

  @Override
  public TyerGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    if (!Boolean.getBoolean("tyer.tls")) {
      return TyerGroup.start(directory, environments, Access.plain(directory.resolve("tokens")));
    }
    long now = new SystemSurroundings(null).wallMillis();
    Certificates certificates =
        Certificates.make(directory.resolve("tls"), List.of("127.0.0.1"), now);
    return TyerGroup.start(directory, environments, Access.tls(certificates));
  }
}
