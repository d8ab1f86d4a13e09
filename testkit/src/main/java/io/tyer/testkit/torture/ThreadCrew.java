package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers that are threads of this process, for stores that only one process can see. */
final class ThreadCrew implements Crew {

  private static final Logger log = LoggerFactory.getLogger(ThreadCrew.class);

  private final List<WorkerRun> workers = new ArrayList<>();

  ThreadCrew(int count, IntFunction<WorkerJob> jobs, Consumer<String> complaints)
      throws IOException {
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

  @Override
  public void stop() throws IOException {
    for (WorkerRun worker : workers) {
      worker.stop();
    }
  }
}
