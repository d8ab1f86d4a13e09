package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Floor: a word in a mapped file that is set by whoever finds it 0. Unfair, and waits spinning. */
final class MappedWords implements Subject {

  private static final int SPINS = 100;

  private final Address address;

  MappedWords(Address address) {
    this.address = address;
  }

  private record WordMutex(Board board) implements Mutex, Mutex.Held {

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // more threads than cores spin
    public Held acquire() {
      for (int spins = 1; !board.compareAndSet(Word.INSIDE, 0, 1); spins++) {
        if (spins % SPINS == 0) {
          Thread.yield();
        } else {
          Thread.onSpinWait();
        }
      }
      return this;
    }

    @Override
    public void release() {
      board.set(Word.INSIDE, 0);
    }
  }

  private record WordClient(Path directory) implements Client {

    @Override
    public Mutex mutex(String name) throws IOException {
      return new WordMutex(Board.at(directory.resolve(name)));
    }

    @Override
    public void close() {}
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    return new WordClient(Files.createDirectories(Places.directory(address)));
  }
}
