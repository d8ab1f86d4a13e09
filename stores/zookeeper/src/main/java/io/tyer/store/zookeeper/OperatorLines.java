package io.tyer.store.zookeeper;

import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an operator does: by a session of ZooKeeper's that has no nodes, made when it is needed. */
final class OperatorLines extends ZooKeeperLines {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final ZooKeeperAddress address;
  private final Settings settings;
  private final Consumer<Link> made;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private @Nullable Link link;

  /**
   * At this address.
   *
   * @param made told each link that is made
   */
  OperatorLines(Paths paths, ZooKeeperAddress address, Settings settings, Consumer<Link> made) {
    super(paths);
    this.address = address;
    this.settings = settings;
    this.made = made;
  }

  @Override
  @Nullable Link link(Reply<?> reply) {
    Link former;
    Link next;
    lock.lock();
    try {
      former = link;
      if (former != null && !former.isOver()) {
        return former;
      }
      next = Link.to(address, settings, TIMEOUT_MILLIS, new Untold());
      link = next;
    } catch (StoreException e) {
      reply.failed(e);
      return null;
    } finally {
      lock.unlock();
    }
    made.accept(next);
    return next;
  }

  /** Has nothing that could be lost. */
  private static final class Untold implements Link.Events {
    @Override
    public void reconnected() {}

    @Override
    public void over(StoreException why) {}
  }
}
