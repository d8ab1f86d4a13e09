package io.tyer.testkit.torture;

import io.tyer.testkit.history.HistoryWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Workers that are processes, each in a place where another one can follow when it is killed. */
final class ProcessCrew implements Crew, AutoCloseable {

  private static final long LONGEST_START_SECONDS = 90;
  private static final long LONGEST_END_SECONDS = 120;

  /** Starts a worker's process. */
  interface Launcher {
    /**
     * Starts it.
     *
     * @param place which place
     * @param life how many were there before
     */
    Process launch(int place, int life) throws IOException;
  }

  private final Launcher launcher;
  private final HistoryWriter history;
  private final Consumer<String> complaints;
  private final List<Place> places = new ArrayList<>();

  ProcessCrew(int count, Launcher launcher, HistoryWriter history, Consumer<String> complaints) {
    this.launcher = launcher;
    this.history = history;
    this.complaints = complaints;
    for (int i = 0; i < count; i++) {
      places.add(new Place(i));
    }
  }

  /** Where one worker is at a time. */
  final class Place {
    private final int index;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private int lives;
    private volatile WorkerProcess worker;

    @SuppressWarnings("NullAway.Init") // filled before anybody is given it
    Place(int index) {
      this.index = index;
    }

    int index() {
      return index;
    }

    WorkerProcess worker() {
      return worker;
    }

    void fill() throws IOException {
      String title = "worker " + index + (lives == 0 ? "" : " (life " + (lives + 1) + ")");
      worker = new WorkerProcess(title, launcher.launch(index, lives), history, complaints);
      lives++;
    }

    /** Others may strike it again. */
    void release() {
      claimed.set(false);
    }
  }

  /** A place where nothing happens to the process yet, the wanted one if possible. */
  Optional<Place> claim(int wanted) {
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get((wanted + i) % places.size());
      if (place.claimed.compareAndSet(false, true)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  @Override
  public void start() throws IOException, InterruptedException {
    for (Place place : places) {
      place.fill();
    }
    Signals never = new Signals();
    long deadline = System.nanoTime() + LONGEST_START_SECONDS * 1_000_000_000L;
    for (Place place : places) {
      while (!place.worker().atWork()) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(
              "worker " + place.index() + " has opened no client; see its log in the run's files");
        } else if (!place.worker().alive()) {
          throw new IOException(
              "worker " + place.index() + " has ended; see its log in the run's files");
        }
        never.pause(20_000_000);
      }
    }
  }

  @Override
  public void calmDown() {
    places.forEach(place -> place.worker().tell(TortureWorker.CALM));
  }

  @Override
  public void stop() throws InterruptedException {
    places.forEach(place -> place.worker().tell(TortureWorker.STOP));
    for (Place place : places) {
      place.worker().awaitEnd(LONGEST_END_SECONDS);
    }
  }

  /** Whatever happened, no process is left. */
  @Override
  public void close() {
    killAll();
  }

  void killAll() {
    for (Place place : places) {
      WorkerProcess left = place.worker;
      if (left != null && left.alive()) {
        try {
          left.kill();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
