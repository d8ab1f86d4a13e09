package io.tyer.benchmarks;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an operation costs on a line that has so many tickets already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LineBenchmark {

  private static final int ASKS = 1 << 15;
  private static final int PERMITS = 4;

  /** How many tickets there are besides the one that comes and goes. */
  @Param({"0", "10", "1000", "10000"})
  public int length;

  private final Ask[] mutexAsks = new Ask[ASKS];
  private final Ask[] permitAsks = new Ask[ASKS];
  private int next;

  private Line mutex = Line.empty(0);
  private Line semaphore = Line.empty(0);
  private Line queue = Line.empty(0);
  private long front;

  /** Lines of this length, and asks enough that none recurs while its ticket is in the line. */
  @Setup
  public void fill() {
    Random random = new Random(17);
    for (int i = 0; i < ASKS; i++) {
      SessionId session = new SessionId(0, i);
      RequestId request = new RequestId(random.nextLong(), random.nextLong());
      String owner = "host-1 pid 77 main";
      mutexAsks[i] = Ask.exclusive(session, request, owner, false);
      permitAsks[i] = Ask.shared(session, request, owner, 1, PERMITS, false);
    }
    for (int i = 0; i < length; i++) {
      mutex = mutex.enter(mutexAsks[i], 0, 0).line();
      semaphore = semaphore.enter(permitAsks[i], 0, 0).line();
    }
    next = length;
    queue = mutex.enter(ask(mutexAsks), 0, 0).line();
    front = 1;
  }

  private Ask ask(Ask[] asks) {
    return asks[next++ & ASKS - 1];
  }

  /** Enters a mutex behind all others and gives up. */
  @Benchmark
  public Line.Changed enterAndLeaveAtTheEnd() {
    Line.Entered entered = mutex.enter(mutexAsks[length], 0, 0);
    return entered.line().leave(entered.line().last(), 0);
  }

  /** Enters a semaphore behind all others and gives up. */
  @Benchmark
  public Line.Changed enterAndLeaveASemaphore() {
    Line.Entered entered = semaphore.enter(permitAsks[length], 0, 0);
    return entered.line().leave(entered.line().last(), 0);
  }

  /** The holder of a mutex leaves, which grants it to the next, and enters again at the end. */
  @Benchmark
  public Line passOn() {
    Line left = queue.leave(front++, 0).line();
    queue = left.enter(ask(mutexAsks), 0, 0).line();
    return queue;
  }

  /** The holder of a mutex leaves, which grants it to the next. */
  @Benchmark
  public Line.Changed leaveAtTheFront() {
    return queue.leave(front, 0);
  }

  /** Looks where the last ticket stands. */
  @Benchmark
  public Line.Standing checkTheLast() {
    return queue.check(queue.last());
  }
}
