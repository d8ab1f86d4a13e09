package io.tyer.servers.tyer;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A lock server of three members, of which any one may be lost. */
public final class TyerTrioKind implements ServerKind {

  private static final int MEMBERS = 3;

  /** For {@link java.util.ServiceLoader}. */
  public TyerTrioKind() {}

  @Override
  public String name() {
    return "tyer-3";
  }

  @Override
  public TyerGroup start(Path directory) throws IOException {
    return start(directory, Collections.nCopies(MEMBERS, Map.of()));
  }

  @Override
  public TyerGroup start(Path directory, Map<String, String> environment) throws IOException {
    return start(directory, Collections.nCopies(MEMBERS, environment));
  }

  @Override
  public TyerGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    return TyerGroup.start(directory, environments);
  }

  @Override
  public int members() {
    return MEMBERS;
  }

  @Override
  public boolean needsNoClock() {
    return true;
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }
}
