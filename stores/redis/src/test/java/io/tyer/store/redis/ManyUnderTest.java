package io.tyer.store.redis;

import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.servers.redis.RedisProxies;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.fault.LinkState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A store on several servers, which stay when it is closed. */
abstract class ManyUnderTest implements StoreUnderTest {

  private final SharedServer<?> shared;
  private final String address;
  private final String prefix;
  private final AtomicInteger clients = new AtomicInteger();

  ManyUnderTest(SharedServer<?> shared) throws IOException {
    this.shared = shared;
    this.prefix = "store-" + shared.nextStore();
    this.address = SharedServer.with(shared.get().address(), "prefix=" + prefix);
  }

  final String prefix() {
    return prefix;
  }

  @Override
  public final String kind() {
    return shared.kind().name();
  }

  /** Proxies to all servers. */
  abstract RedisProxies proxies() throws IOException;

  @Override
  public final Seat seat() {
    try {
      return new OwnLabels(proxies().seat(address, ManyUnderTest::by), clients);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A provider whose clients reach every server by a detour. */
  static LineStoreProvider by(UnaryOperator<InetSocketAddress> detour) {
    return new RedisStoreProvider(
        where -> {
          InetSocketAddress at = detour.apply(new InetSocketAddress(where.host(), where.port()));
          return new HostPort(at.getAddress().getHostAddress(), at.getPort());
        });
  }

  @Override
  public void close() {
    // The servers are everybody's.
  }

  /**
   * Gives each client an owner label of its own, by which its sessions in several shards are one.
   */
  private record OwnLabels(Seat seat, AtomicInteger clients) implements Seat {

    @Override
    public TyerBuilder client() {
      return seat.client().option(TyerOption.OWNER, "client " + clients.incrementAndGet());
    }

    @Override
    public LineStore lineStore(LineStoreProvider.Settings settings) throws StoreException {
      return seat.lineStore(settings);
    }

    @Override
    public void link(LinkState state) {
      seat.link(state);
    }

    @Override
    public void loseNextReply() {
      seat.loseNextReply();
    }

    @Override
    public void resetNext() {
      seat.resetNext();
    }

    @Override
    public void resetNextBefore() {
      seat.resetNextBefore();
    }

    @Override
    public long faultsStruck() {
      return seat.faultsStruck();
    }

    @Override
    public void close() {
      seat.close();
    }
  }
}
