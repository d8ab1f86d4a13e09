package io.tyer.store.zookeeper;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;

/** For whom it is all the same what comes of a request. */
final class NoReply<T> implements Reply<T> {

  @Override
  public void done(T value) {}

  @Override
  public void failed(StoreException failure) {}
}
