package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What happens to the processes of workers. */
final class WorkerFaults {

  private final ProcessCrew crew;

  private WorkerFaults(ProcessCrew crew) {
    this.crew = crew;
  }

  static Map<FaultKind, Fault> of(ProcessCrew crew) {
    WorkerFaults faults = new WorkerFaults(crew);
    return Map.of(
        FaultKind.PAUSE, faults::pause,
        FaultKind.SHORT_PAUSE, faults::pause,
        FaultKind.KILL, faults::kill);
  }

  private Optional<Fault.Injury> pause(Blow blow) throws IOException, InterruptedException {
    Optional<ProcessCrew.Place> claimed = crew.claim(blow.victim());
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    ProcessCrew.Place place = claimed.get();
    WorkerProcess victim = place.worker();
    try {
      if (!victim.requireAlive()) {
        place.release();
        return Optional.empty();
      }
      victim.pause();
    } catch (IOException | InterruptedException | RuntimeException e) {
      place.release();
      throw e;
    }
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return "worker " + place.index() + " for " + blow.durationMillis() + " ms";
          }

          @Override
          public void heal() throws IOException, InterruptedException {
            try {
              victim.resume();
            } finally {
              place.release();
            }
          }
        });
  }

  private Optional<Fault.Injury> kill(Blow blow) throws InterruptedException {
    Optional<ProcessCrew.Place> claimed = crew.claim(blow.victim());
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    ProcessCrew.Place place = claimed.get();
    try {
      place.worker().kill();
    } catch (InterruptedException | RuntimeException e) {
      place.release();
      throw e;
    }
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return "worker " + place.index() + "; another one in " + blow.durationMillis() + " ms";
          }

          @Override
          public void heal() throws IOException {
            try {
              place.fill();
            } finally {
              place.release();
            }
          }
        });
  }
}
