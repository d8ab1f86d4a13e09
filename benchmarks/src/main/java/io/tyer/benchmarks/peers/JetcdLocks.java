package io.tyer.benchmarks.peers;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.grpc.stub.StreamObserver;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnEtcd;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Peer: jetcd's lock. Each thread has a lease of its own that is kept alive: those of one lease do
 * not exclude each other.
 */
final class JetcdLocks implements Subject {

  private static final Logger log = LoggerFactory.getLogger(JetcdLocks.class);
  private static final long TTL_SECONDS = 15;

  private final Address address;

  JetcdLocks(Address address) {
    this.address = address;
  }

  private record JetcdMutex(io.etcd.jetcd.Lock lock, ByteSequence name, long lease)
      implements Mutex {

    @Override
    public Held acquire() throws Exception {
      ByteSequence key = lock.lock(name, lease).get().getKey();
      return () -> Etcd.answer(lock.unlock(key));
    }
  }

  /** Leases live as long as the locks are wanted. */
  private static final class KeptAlive implements StreamObserver<LeaseKeepAliveResponse> {

    private volatile boolean closing;

    @Override
    public void onNext(LeaseKeepAliveResponse answer) {}

    @Override
    public void onError(Throwable failure) {
      if (closing) {
        return;
      }
      log.warn("a lease is not kept alive: {}", failure.getMessage());
    }

    @Override
    public void onCompleted() {}
  }

  private static final class JetcdClient implements Client {

    private final io.etcd.jetcd.Client etcd;
    private final List<Long> leases = new CopyOnWriteArrayList<>();
    private final KeptAlive keptAlive = new KeptAlive();

    JetcdClient(io.etcd.jetcd.Client etcd) {
      this.etcd = etcd;
    }

    @Override
    @SuppressWarnings("resource") // whatever keeps the lease alive ends with the client
    public Mutex mutex(String name) throws IOException {
      Lease client = etcd.getLeaseClient();
      long lease = Etcd.answer(client.grant(TTL_SECONDS)).getID();
      leases.add(lease);
      client.keepAlive(lease, keptAlive);
      return new JetcdMutex(etcd.getLockClient(), Etcd.bytes(name), lease);
    }

    @Override
    public void close() throws IOException {
      keptAlive.closing = true;
      try {
        for (long lease : leases) {
          Etcd.answer(etcd.getLeaseClient().revoke(lease));
        }
      } finally {
        etcd.close();
      }
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS);
  }

  @Override
  public Optional<String> obstacle() {
    return address.location().isEmpty() ? OwnEtcd.obstacle() : Optional.empty();
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    return new JetcdClient(Etcd.open(address));
  }
}
