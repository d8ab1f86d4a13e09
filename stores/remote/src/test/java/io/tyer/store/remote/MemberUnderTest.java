package io.tyer.store.remote;

import io.tyer.servers.tyer.TyerKind;
import io.tyer.testkit.contract.ServerUnderTest;
import java.io.IOException;

/** A member that tests share. */
final class MemberUnderTest extends ServerUnderTest {

  private static final Shared SHARED = new Shared(new TyerKind());

  MemberUnderTest() throws IOException {
    super(new TyerKind(), new RemoteLineStoreProvider(), SHARED::get);
  }

  @Override
  public void close() {
    SHARED.giveBack();
  }
}
