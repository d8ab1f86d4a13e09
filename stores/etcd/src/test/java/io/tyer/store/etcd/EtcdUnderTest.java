package io.tyer.store.etcd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.tyer.line.LockName;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdNode;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ProxySeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members of etcd; all of them are restarted at once. */
final class EtcdUnderTest implements StoreUnderTest {

  private final ServerKind kind;
  private final EtcdCluster cluster;
  private final Runnable end;

  private EtcdUnderTest(ServerKind kind, EtcdCluster cluster, Runnable end) {
    this.kind = kind;
    this.cluster = cluster;
    this.end = end;
  }

  static EtcdUnderTest shared(ServerKind kind, Shared shared) throws IOException {
    assumeIsHere(kind);
    return new EtcdUnderTest(kind, shared.get(), shared::giveBack);
  }

  static EtcdUnderTest ofItsOwn(ServerKind kind, Path directory) throws IOException {
    assumeIsHere(kind);
    EtcdCluster cluster = (EtcdCluster) kind.start(directory);
    return new EtcdUnderTest(kind, cluster, cluster::close);
  }

  private static void assumeIsHere(ServerKind kind) {
    Optional<String> missing = kind.unavailable();
    assumeTrue(missing.isEmpty(), () -> kind.name() + ": " + missing.orElseThrow());
  }

  @Override
  public String kind() {
    return kind.name();
  }

  /** A place of which every way to a member leads through a proxy. */
  @Override
  public Seat seat() {
    Map<HostPort, FaultProxy> proxies = new HashMap<>();
    try {
      for (EtcdNode node : cluster.nodes()) {
        proxies.put(HostPort.parse(node.toString()), FaultProxy.to(node.address()));
      }
    } catch (IOException e) {
      proxies.values().forEach(FaultProxy::close);
      throw new UncheckedIOException(e);
    }
    EtcdStoreProvider provider =
        new EtcdStoreProvider(
            member -> {
              FaultProxy proxy = proxies.get(member);
              if (proxy == null) {
                throw new IllegalStateException("no member is at " + member);
              }
              return new HostPort("127.0.0.1", proxy.address().getPort());
            });
    List<FaultProxy> all = List.copyOf(proxies.values());
    return new ProxySeat(cluster.address(), provider, all, all);
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return feature == Feature.ONE_CONNECTION && cluster.nodes().size() > 1
        ? Optional.of("what only reads is asked of another member when a connection breaks")
        : Optional.empty();
  }

  @Override
  public Contents look() throws IOException {
    return cluster.look();
  }

  @Override
  public void restart() throws IOException {
    cluster.nodes().forEach(node -> node.process().kill());
    cluster.start();
  }

  @Override
  public void removeLine(String name) throws IOException {
    ByteString line = new Keys("/tyer").line(LockName.of(name));
    DeleteRangeResponse unused =
        cluster
            .awaitLeader()
            .call(
                channel ->
                    EtcdNode.within(KVGrpc.newBlockingStub(channel))
                        .deleteRange(
                            Requests.delete(line).toBuilder()
                                .setRangeEnd(Keys.endOf(line))
                                .build()));
  }

  @Override
  public void close() {
    end.run();
  }
}
