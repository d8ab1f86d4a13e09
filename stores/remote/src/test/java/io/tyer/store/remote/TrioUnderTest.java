package io.tyer.store.remote;

import io.tyer.servers.tyer.TyerGroup;
import io.tyer.servers.tyer.TyerNode;
import io.tyer.servers.tyer.TyerTrioKind;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ProxySeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<HostPort, FaultProxy> proxies = new HashMap<>();
    try {
      for (TyerNode node : group.nodes()) {
        proxies.put(HostPort.parse(node.toString()), FaultProxy.to(node.address()));
      }
    } catch (IOException e) {
      proxies.values().forEach(FaultProxy::close);
      throw new UncheckedIOException(e);
    }
    RemoteLineStoreProvider provider =
        new RemoteLineStoreProvider(
            server -> {
              FaultProxy proxy = proxies.get(server);
              if (proxy == null) {
                throw new IllegalStateException("no member is at " + server);
              }
              return new HostPort("127.0.0.1", proxy.address().getPort());
            });
    List<FaultProxy> all = List.copyOf(proxies.values());
    return new ProxySeat(group.address(), provider, all, all);
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
