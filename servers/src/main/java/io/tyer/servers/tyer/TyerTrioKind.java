package io.tyer.servers.tyer;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A lock server of three members, of which any one may be lost. */
public final class TyerTrioKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public TyerTrioKind() {}

  @Override
  public String name() {
    return "tyer-3";
  }

  @Override
  public TyerGroup start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public TyerGroup start(Path directory, Map<String, String> environment) throws IOException {
    return TyerGroup.start(directory, 3, environment);
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }
}
