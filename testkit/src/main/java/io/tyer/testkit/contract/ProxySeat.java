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

/**
 * For stores that are reached over TCP: each client's connections pass through a proxy of its own,
 * and really break. What nobody can tell apart on the wire happens between the store's client and
 * the engine: hints, a single lost reply, late replies, a request that breaks before it arrives,
 * and the silence of an engine whose store's client stays connected.
 */
public final class ProxySeat implements Seat {

  private final FaultProxy proxy;
  private final String address;
  private final LineStoreProvider provider;
  private final Link inProcess = new Link();

  /** A place from which this server is reached by this provider. */
  public ProxySeat(StoreServer server, LineStoreProvider provider) {
    try {
      proxy = FaultProxy.to(server.endpoint().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InetSocketAddress at = proxy.address();
    this.address = server.addressAt(at.getAddress().getHostAddress(), at.getPort());
    this.provider = provider;
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
      case SOUND, SILENT, REPLIES_LATE, HINTS_LOST -> proxy.mode(ProxyMode.PASS);
      case CUT -> proxy.mode(ProxyMode.BLACK_HOLE);
      case REPLIES_LOST -> proxy.mode(ProxyMode.LOST_REPLIES);
      case REFUSING -> {
        proxy.mode(ProxyMode.REFUSE);
        proxy.resetAll();
      }
    }
  }

  @Override
  public void loseNextReply() {
    inProcess.loseNextReply();
  }

  @Override
  public void resetNext() {
    proxy.dropNextReply();
  }

  @Override
  public void resetNextBefore() {
    inProcess.resetNextBefore();
  }

  @Override
  public long faultsStruck() {
    return inProcess.lost() + proxy.repliesDropped();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
