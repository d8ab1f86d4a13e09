package io.tyer.benchmarks.floors;

import io.etcd.jetcd.ByteSequence;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Etcd;
import io.tyer.benchmarks.server.OwnEtcd;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Floor: one value put into etcd through jetcd, where a lock is acquired; nothing is released. */
public final class EtcdPuts implements Subject {

  private static final ByteSequence VALUE = Etcd.bytes("held");
  private static final Mutex.Held NOTHING = () -> {};

  private final Address address;

  public EtcdPuts(Address address) {
    this.address = address;
  }

  private record PutClient(io.etcd.jetcd.Client etcd) implements Client {

    @Override
    public Mutex mutex(String name) {
      ByteSequence key = Etcd.bytes(name);
      return () -> {
        Etcd.answer(etcd.getKVClient().put(key, VALUE));
        return NOTHING;
      };
    }

    @Override
    public CompletableFuture<Mutex.Held> begin(String name) {
      return etcd.getKVClient().put(Etcd.bytes(name), VALUE).thenApply(unused -> NOTHING);
    }

    @Override
    public void close() {
      etcd.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.IN_FLIGHT, Ability.FAILS_OVER);
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
    return new PutClient(Etcd.open(address));
  }
}
