package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.RedisLocation;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Floor of a hand-over: a list of who waits, in order; who releases takes itself out and publishes
 * to the client of the next one, whose turn it then is without asking again.
 */
public final class LettuceLines implements Subject {

  private final Address address;

  public LettuceLines(Address address) {
    this.address = address;
  }

  /** One thread's place in a line. */
  private record LineMutex(LineClient client, String name, String place, Semaphore turn)
      implements Mutex, Mutex.Held {

    static LineMutex of(LineClient client, String name) {
      Semaphore turn = new Semaphore(0);
      return new LineMutex(client, name, client.place(turn::release), turn);
    }

    @Override
    public Held acquire() throws Exception {
      if (client.enter(name, place).toCompletableFuture().get() == 0) {
        turn.acquire();
      }
      return this;
    }

    @Override
    public void release() throws Exception {
      if (client.leave(name, place).toCompletableFuture().get() == 0) {
        throw new IOException("somebody else has the lock " + name);
      }
    }
  }

  private record Lines(LineClient lines) implements Client {

    @Override
    public Mutex mutex(String name) {
      return LineMutex.of(lines, name);
    }

    @Override
    public int waiting(String name) {
      return lines.waiting(name);
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS, Ability.SHOWS_WAITERS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    return new Lines(new LineClient(RedisLocation.of(address)));
  }
}
