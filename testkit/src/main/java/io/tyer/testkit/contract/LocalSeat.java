package io.tyer.testkit.contract;

import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.testkit.fault.FaultyProvider;
import io.tyer.testkit.fault.Link;
import io.tyer.testkit.fault.LinkState;

/** For stores without a network: faults happen between the engine and the store's client. */
public final class LocalSeat implements Seat {

  private final String address;
  private final LineStoreProvider provider;
  private final Link link = new Link();

  /** A place from which the store at this address is reached by this provider. */
  public LocalSeat(String address, LineStoreProvider provider) {
    this.address = address;
    this.provider = provider;
  }

  @Override
  public TyerBuilder client() {
    return Tyer.builder(address).provider(new FaultyProvider(provider, link));
  }

  @Override
  public LineStore lineStore(LineStoreProvider.Settings settings) throws StoreException {
    return new FaultyProvider(provider, link).open(StoreAddress.parse(address), settings);
  }

  @Override
  public void link(LinkState state) {
    link.set(state);
  }

  @Override
  public void loseNextReply() {
    link.loseNextReply();
  }

  @Override
  public void resetNext() {
    link.resetNext();
  }

  @Override
  public void resetNextBefore() {
    link.resetNextBefore();
  }

  @Override
  public long faultsStruck() {
    return link.lost();
  }

  @Override
  public void close() {}
}
