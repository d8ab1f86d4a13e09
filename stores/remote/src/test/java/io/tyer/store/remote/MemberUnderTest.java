package io.tyer.store.remote;

import io.tyer.servers.tyer.TyerGroup;
import io.tyer.servers.tyer.TyerKind;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ServerUnderTest;
import io.tyer.testkit.contract.SharedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A member of the lock server. */
final class MemberUnderTest extends ServerUnderTest {

  private static final SharedServer<TyerGroup> SHARED =
      new SharedServer<>(new TyerKind(), TyerGroup.class);

  private final boolean shared;

  /** One that tests share. */
  MemberUnderTest() throws IOException {
    super(new TyerKind(), new RemoteLineStoreProvider(), SHARED::get);
    this.shared = true;
  }

  /** One of the test's own. */
  MemberUnderTest(Path directory) throws IOException {
    super(new TyerKind(), new RemoteLineStoreProvider(), directory);
    this.shared = false;
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    Optional<String> lacking = lacks(feature);
    return lacking.isPresent() ? lacking : super.whyNot(feature);
  }

  /** What no number of members has. */
  static Optional<String> lacks(Feature feature) {
    return switch (feature) {
      case ONE_CONNECTION ->
          Optional.of("what was sent over a connection that broke is sent again, and done once");
      case REMOVE_LINE -> Optional.of("lines cannot be removed by hand");
      default -> Optional.empty();
    };
  }

  @Override
  public void close() throws IOException {
    if (shared) {
      SHARED.giveBack();
    } else {
      super.close();
    }
  }
}
