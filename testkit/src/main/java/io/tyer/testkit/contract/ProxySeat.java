package io.tyer.testkit.contract;

import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.FaultyProvider;
import io.tyer.testkit.fault.Link;
import io.tyer.testkit.fault.LinkState;
import io.tyer.testkit.fault.ProxyMode;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * For stores that are reached over TCP: each client's connections pass through a proxy of its own
 * for each of the store's nodes, and really break. What nobody can tell apart on the wire happens
 * between the store's client and the engine: hints, a single lost reply, late replies, a request
 * that breaks before it arrives, and the silence of an engine whose store's client stays connected.
 */
public final class ProxySeat implements Seat {

  private final List<FaultProxy> proxies;
  private final List<FaultProxy> stores;
  private final String address;
  private final LineStoreProvider provider;
  private final Link inProcess = new Link();

  /** A place from which this server is reached by this provider. */
  public ProxySeat(StoreServer server, LineStoreProvider provider) {
    FaultProxy proxy;
    try {
      proxy = FaultProxy.to(server.endpoint().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InetSocketAddress at = proxy.address();
    this.proxies = List.of(proxy);
    this.stores = proxies;
    this.address = server.addressAt(at.getAddress().getHostAddress(), at.getPort());
    this.provider = provider;
  }

  /**
   * A place from which a store of several nodes is reached.
   *
   * @param provider makes clients that reach the nodes through the proxies only
   * @param proxies to all nodes that a client talks with; closed with this
   * @param stores those of them that lead to where requests take effect
   */
  public ProxySeat(
      String address,
      LineStoreProvider provider,
      List<FaultProxy> proxies,
      List<FaultProxy> stores) {
    this.address = address;
    this.provider = provider;
    this.proxies = List.copyOf(proxies);
    this.stores = List.copyOf(stores);
  }

  @Override
  public TyerBuilder client() {
    return Tyer.builder(address).provider(new FaultyProvider(provider, inProcess));
  }

  @Override
  public LineStore lineStore(LineStoreProvider.Settings settings) throws StoreException {
    return new FaultyProvider(provider, inProcess).open(StoreAddress.parse(address), settings);
  }

  @Override
  public void link(LinkState state) {
    inProcess.set(
        switch (state) {
          case SILENT, REPLIES_LATE, HINTS_LOST -> state;
          case SOUND, CUT, REFUSING, REPLIES_LOST -> LinkState.SOUND;
        });
    switch (state) {
      case SOUND, SILENT, REPLIES_LATE, HINTS_LOST -> mode(ProxyMode.PASS);
      case CUT -> mode(ProxyMode.BLACK_HOLE);
      case REPLIES_LOST -> mode(ProxyMode.LOST_REPLIES);
      case REFUSING -> {
        mode(ProxyMode.REFUSE);
        proxies.forEach(FaultProxy::resetAll);
      }
    }
  }

  private void mode(ProxyMode mode) {
    proxies.forEach(proxy -> proxy.mode(mode));
  }

  @Override
  public void loseNextReply() {
    inProcess.loseNextReply();
  }

  @Override
  public void resetNext() {
    FaultProxy.dropNextReplyOf(stores);
  }

  @Override
  public void resetNextBefore() {
    inProcess.resetNextBefore();
  }

  @Override
  public long faultsStruck() {
    return inProcess.lost() + stores.stream().mapToLong(FaultProxy::repliesDropped).sum();
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::close);
  }
}
