package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers that are threads of this process, for stores that only one process can see. */
final class ThreadCrew implements Crew, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ThreadCrew.class);

  private final Set<Thread> others = TyerThreads.alive();
  private final Consumer<String> complaints;
  private final List<WorkerRun> workers = new ArrayList<>();

  private boolean stopped;

  ThreadCrew(int count, IntFunction<WorkerJob> jobs, Consumer<String> complaints)
      throws IOException {
    this.complaints = complaints;
    for (int i = 0; i < count; i++) {
      workers.add(new WorkerRun(jobs.apply(i), reports("worker " + i, complaints)));
    }
  }

  private static Reports reports(String title, Consumer<String> complaints) {
    return new Reports() {
      @Override
      public void say(String word, String text) {
        if (word.equals(UNEXPECTED)) {
          complaints.accept(title + ": " + word + " " + text);
        }
      }

      @Override
      public void trace(Throwable thrown) {
        log.warn("{}", title, thrown);
      }
    };
  }

  @Override
  public void start() {
    workers.forEach(WorkerRun::start);
  }

  @Override
  public void calmDown() {
    workers.forEach(WorkerRun::calmDown);
  }

  /** Whatever happened, no thread is left at work. */
  @Override
  public void close() throws IOException {
    if (!stopped) {
      stop();
    }
  }

  @Override
  public void stop() throws IOException {
    stopped = true;
    for (WorkerRun worker : workers) {
      worker.stop();
    }
    Set<String> left = TyerThreads.leftWithin(TyerThreads.LONGEST_END, others);
    if (!left.isEmpty()) {
      complaints.accept(Reports.LEAKED + " " + String.join(", ", left));
    }
  }
}
