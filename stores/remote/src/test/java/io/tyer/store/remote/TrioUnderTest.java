package io.tyer.store.remote;

import io.tyer.servers.group.MemberProxies;
import io.tyer.servers.tyer.TyerGroup;
import io.tyer.servers.tyer.TyerTrioKind;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Three members; all of them are restarted at once. */
final class TrioUnderTest implements StoreUnderTest {

  private final TyerGroup group;
  private final Runnable end;

  /** Of its own. */
  TrioUnderTest(Path directory) throws IOException {
    this.group = new TyerTrioKind().start(directory);
    this.end = group::close;
  }

  /** On a group that is not its own. */
  TrioUnderTest(TyerGroup group, Runnable end) {
    this.group = group;
    this.end = end;
  }

  @Override
  public String kind() {
    return new TyerTrioKind().name();
  }

  /** A place of which every way to a member leads through a proxy, also where it is pointed to. */
  @Override
  public Seat seat() {
    MemberProxies proxies = MemberProxies.before(group);
    return proxies.seat(group.address(), new RemoteLineStoreProvider(proxies::insteadOf));
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return MemberUnderTest.lacks(feature);
  }

  @Override
  public Contents look() throws IOException {
    return group.look();
  }

  @Override
  public void restart() throws IOException {
    group.nodes().forEach(node -> node.process().kill());
    group.start();
  }

  @Override
  public void close() {
    end.run();
  }
}
