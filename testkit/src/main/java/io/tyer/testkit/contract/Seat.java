package io.tyer.testkit.contract;

import io.tyer.TyerBuilder;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreException;
import io.tyer.testkit.fault.LinkState;

/**
 * A client's place: what it reaches the store from, with a link of its own that can break without
 * harm to other clients'.
 */
public interface Seat extends AutoCloseable {

  /**
   * A client of the store at this place, not yet opened; each call makes another one behind the
   * same link.
   */
  TyerBuilder client();

  /**
   * The store as the engine sees it, for what no client of the API would do, such as giving back
   * what is somebody else's. Closed by whoever asked for it.
   */
  LineStore lineStore(LineStoreProvider.Settings settings) throws StoreException;

  /** Makes the link so from now on. */
  void link(LinkState state);

  /**
   * The next request (other than a beat) takes effect, but its reply never comes. Called while no
   * other request is under way.
   */
  void loseNextReply();

  /**
   * The next request (other than a beat) takes effect, but its connection breaks before the reply.
   */
  void resetNext();

  /** The next request (other than a beat) does not take effect: its connection breaks before. */
  void resetNextBefore();

  /** How many requests, replies and hints the faults asked for here have hit so far. */
  long faultsStruck();

  /** Frees what the place needed; the clients are closed before. */
  @Override
  void close();
}
