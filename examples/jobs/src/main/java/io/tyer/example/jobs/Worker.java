package io.tyer.example.jobs;

import io.tyer.DistributedReadWriteLock;
import io.tyer.DistributedSemaphore;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.fence.StaleTokenException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes jobs, one at a time. Each worker takes what nobody else has, so that work goes to those who
 * have time for it; nobody hands it out, and nobody waits for a job that another does.
 *
 * <p>It holds three leases while a job runs: one of the configuration, to read; a permit of the
 * job's kind; the job. Only the first is waited for, and nothing is held then, so nobody waits in a
 * circle.
 */
final class Worker {

  /** Does a job; what it returns is written down with the job's completion, in one transaction. */
  @FunctionalInterface
  interface Handler {
    /** May be called again for the same job if it throws, or its process dies. */
    String handle(Job job, Configuration configuration) throws InterruptedException;
  }

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String name;
  private final Tyer tyer;
  private final JobTable table;
  private final List<String> kinds;
  private final int atOnce;
  private final Duration patience;
  private final Handler handler;

  /**
   * A worker for jobs of these kinds.
   *
   * @param atOnce how many jobs of a kind run at a time, over all workers
   * @param patience how long to wait while the configuration is being changed
   */
  Worker(
      String name,
      Tyer tyer,
      JobTable table,
      List<String> kinds,
      int atOnce,
      Duration patience,
      Handler handler) {
    this.name = name;
    this.tyer = tyer;
    this.table = table;
    this.kinds = List.copyOf(kinds);
    this.atOnce = atOnce;
    this.patience = patience;
    this.handler = handler;
  }

  /** Works until told to stop; a job that is under way is finished. */
  void workUntil(CountDownLatch stop) throws InterruptedException {
    boolean stopped = stop.getCount() == 0;
    while (!stopped) {
      boolean worked = false;
      try {
        worked = workOnce();
      } catch (LeaseLostException | StaleTokenException e) {
        worked = true; // the job is somebody else's now; there are others
      } catch (StoreUnreachableException | OutcomeUnknownException | SQLException e) {
        // The job is as it was, or done: whoever looks next will see. A service would log it.
      }
      stopped = stop.await(worked ? 0 : PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Does one job, if there is one that nobody else does and of whose kind not too many run.
   *
   * @return whether it has done one
   * @throws io.tyer.TyerException if the lock store fails, or a lease was lost while it worked;
   *     what it did does not count
   * @throws SQLException if the database fails; it may count if that was at the commit
   */
  boolean workOnce() throws SQLException, InterruptedException {
    DistributedReadWriteLock configuration = tyer.readWriteLock(Configuration.LOCK);
    OptionalLease reading = configuration.readLock().tryAcquire(patience);
    if (reading.isEmpty()) {
      return false; // being changed
    }
    try (Lease reader = reading.get()) {
      for (String kind : shuffled(kinds)) {
        List<Job> open = table.open(kind);
        OptionalLease granted = open.isEmpty() ? OptionalLease.empty() : permits(kind).tryAcquire();
        if (granted.isPresent()) {
          try (Lease permit = granted.get()) {
            if (workOnOne(shuffled(open), reader, permit)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private DistributedSemaphore permits(String kind) {
    return tyer.semaphore("jobs/kind/" + kind, atOnce);
  }

  private boolean workOnOne(List<Job> open, Lease reader, Lease permit)
      throws SQLException, InterruptedException {
    for (Job job : open) {
      OptionalLease taken = tyer.lock(job.lock()).tryAcquire();
      if (taken.isPresent()) {
        try (Lease lease = taken.get()) {
          if (work(job, lease, reader, permit)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean work(Job job, Lease lease, Lease reader, Lease permit)
      throws SQLException, InterruptedException {
    Optional<Configuration> begun = table.begin(lease, job); // again, now under the lock
    if (begun.isEmpty()) {
      return false; // done since the list was read
    }
    String result;
    try {
      result = handler.handle(job, begun.get());
    } catch (RuntimeException e) {
      return false; // still to be done; a service would log it, and count to give up some time
    }
    permit.checkValid();
    reader.checkValid();
    lease.checkValid();
    return table.complete(lease, job, begun.get(), name, result);
  }

  /**
   * Changes the configuration while no job runs; jobs wait meanwhile.
   *
   * @return false if jobs have run for longer than one wants to wait; nothing was changed
   */
  static boolean configure(Tyer tyer, JobTable table, String sender, Duration wait)
      throws SQLException, InterruptedException {
    OptionalLease writing = tyer.readWriteLock(Configuration.LOCK).writeLock().tryAcquire(wait);
    if (writing.isEmpty()) {
      return false;
    }
    try (Lease writer = writing.get()) {
      table.configure(writer, sender);
      return true;
    }
  }

  /** In another order for each: all would begin with the same job, and all but one in vain. */
  private static <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy);
    return copy;
  }
}
