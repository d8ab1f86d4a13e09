package io.tyer.store.record;

import java.util.concurrent.ConcurrentHashMap;

/** A host's processes, as a test wants them. */
final class FakeProcesses implements ProcessProof {

  final ConcurrentHashMap<Long, Long> starts = new ConcurrentHashMap<>();
  volatile String clock;
  volatile String processes;
  volatile boolean blind;

  FakeProcesses(String clock, String processes) {
    this.clock = clock;
    this.processes = processes;
  }

  @Override
  public String clock() {
    return clock;
  }

  @Override
  public String processes() {
    return processes;
  }

  /** A process of which nobody can tell anything. */
  static final long HIDDEN = 999;

  @Override
  public long startOf(long pid) {
    return blind || pid == HIDDEN ? UNKNOWN : starts.getOrDefault(pid, ABSENT);
  }
}
