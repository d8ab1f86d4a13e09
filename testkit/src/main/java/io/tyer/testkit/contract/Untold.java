package io.tyer.testkit.contract;

import io.tyer.line.LockName;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a seat's store as one that tells no session anything.
 *
 * @param checks how long a waiting ticket is left alone; null for as long as the store says
 */
record Untold(Seat seat, @Nullable Duration checks) implements LineStoreProvider {

  Untold(Seat seat) {
    this(seat, null);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("untold");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) throws StoreException {
    return new Store(seat.lineStore(settings), checks);
  }

  private record Store(LineStore real, @Nullable Duration checks) implements LineStore {

    @Override
    public String description() {
      return real.description();
    }

    @Override
    public StoreTraits traits() {
      StoreTraits its = real.traits();
      Duration first = checks == null ? its.firstCheck() : checks;
      Duration last = checks == null ? its.lastCheck() : checks;
      return new StoreTraits(its.blocking(), false, its.extraMargin(), first, last);
    }

    @Override
    public int shards() {
      return real.shards();
    }

    @Override
    public int shardOf(LockName name) {
      return real.shardOf(name);
    }

    @Override
    public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
      real.open(request, SessionEvents.none(), reply);
    }

    @Override
    public void list(String prefix, Reply<List<LineView>> reply) {
      real.list(prefix, reply);
    }

    @Override
    public void view(LockName name, Reply<LineView> reply) {
      real.view(name, reply);
    }

    @Override
    public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
      real.revoke(name, number, now, reply);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
