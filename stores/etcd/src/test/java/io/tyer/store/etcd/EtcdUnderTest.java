package io.tyer.store.etcd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.tyer.line.LockName;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdNode;
import io.tyer.servers.group.MemberProxies;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
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

  static EtcdUnderTest on(SharedServer<EtcdCluster> shared) throws IOException {
    return new EtcdUnderTest(shared.kind(), shared.get(), shared::giveBack);
  }

  static EtcdUnderTest ofItsOwn(ServerKind kind, Path directory) throws IOException {
    Optional<String> missing = kind.unavailable();
    assumeTrue(missing.isEmpty(), () -> kind.name() + ": " + missing.orElseThrow());
    EtcdCluster cluster = (EtcdCluster) kind.start(directory);
    return new EtcdUnderTest(kind, cluster, cluster::close);
  }

  @Override
  public String kind() {
    return kind.name();
  }

  /** A place of which every way to a member leads through a proxy. */
  @Override
  public Seat seat() {
    MemberProxies proxies = MemberProxies.before(cluster);
    return proxies.seat(cluster.address(), new EtcdStoreProvider(proxies::insteadOf));
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
