package io.tyer.servers.tyer;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A lock server of one member, which keeps what it acknowledged. */
public final class TyerKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public TyerKind() {}

  @Override
  public String name() {
    return "tyer";
  }

  @Override
  public TyerGroup start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public TyerGroup start(Path directory, Map<String, String> environment) throws IOException {
    return TyerGroup.start(directory, List.of(environment));
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }

  @Override
  public boolean needsNoClock() {
    return true;
  }
}
