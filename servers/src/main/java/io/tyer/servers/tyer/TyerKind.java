package io.tyer.servers.tyer;

import java.io.IOException;
import java.nio.file.Path;

/** A lock server of one member, which keeps what it acknowledged, and demands access tokens. */
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
  Access plain(Path directory) throws IOException {
    return Access.plain(directory.resolve("tokens"));
  }
}
