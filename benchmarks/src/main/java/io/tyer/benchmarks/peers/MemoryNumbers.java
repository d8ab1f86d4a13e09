package io.tyer.benchmarks.peers;

import io.tyer.Lease;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers in this object; read and written in two steps, as elsewhere. */
final class MemoryNumbers implements Numbers {

  private final ConcurrentHashMap<String, AtomicLong> numbers = new ConcurrentHashMap<>();

  private AtomicLong number(String name) {
    return numbers.computeIfAbsent(name, unused -> new AtomicLong());
  }

  @Override
  public long make(String name) {
    return number(name).get();
  }

  @Override
  public void add(String name, Lease lease, Runnable computation) {
    AtomicLong number = number(name);
    long old = number.get();
    computation.run();
    number.set(old + 1);
  }

  /** They stay, for the other clients. */
  @Override
  public void close() {}
}
