package io.tyer.servers.etcd;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Members of etcd with default settings. Their wall clocks cannot be set: the program reads the
 * clock past the C library.
 */
abstract class EtcdMembersKind implements ServerKind {

  private final int count;

  EtcdMembersKind(int count) {
    this.count = count;
  }

  final int count() {
    return count;
  }

  @Override
  public Optional<String> unavailable() {
    return EtcdProgram.missing();
  }

  @Override
  public EtcdCluster start(Path directory) throws IOException {
    return EtcdCluster.start(directory, count, EtcdOptions.none());
  }

  /** Of several, and of those versions of which it is known. */
  @Override
  public final Optional<String> forgetsWhenPaused() {
    try {
      return count > 1 && EtcdProgram.revokesWhenResumed()
          ? Optional.of(
              "before 3.4.31 and 3.5.13 a leader that goes on after a pause may have its successor"
                  + " revoke leases that are alive")
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
