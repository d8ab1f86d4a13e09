package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Pauses;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Stats;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Group;
import io.tyer.benchmarks.server.GroupLocation;
import io.tyer.benchmarks.server.Listening;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The member that leads is killed (SIGKILL): how long until a lock is granted again to a client
 * that has been connected all the time. It is started again a while later, and killing goes on when
 * all are back. Only of groups that were started for the run.
 */
record FailoverRow(String name) implements Row {

  private static final String P50 = "p50_ms";
  private static final String MAX = "max_ms";
  private static final String KILLS = "kills";
  private static final String FAILED = "failed";

  /** Times that which a wake-up is sampled. */
  private static final int SAMPLES_BY = 20;

  /** As long as a user might wait before asking once more. */
  private static final long PATIENCE_MILLIS = 250;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long BACK_MILLIS = 60_000;

  @Override
  public String title() {
    return "the member that leads is killed: from there to the next grant, to a client that asks"
        + " at once, and again after each refusal or "
        + PATIENCE_MILLIS
        + " ms";
  }

  @Override
  public Kind kind() {
    return Kind.FAILOVER;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.less(P50, "p50 ms"),
        Figure.less(MAX, "max ms"),
        Figure.neither(FAILED, "refusals per kill"),
        Figure.neither(KILLS, "kills"));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.FAILS_OVER, Subject.Ability.IN_FLIGHT);
  }

  @Override
  public boolean suits(Address address, Subject subject) {
    return Row.super.suits(address, subject) && address.location().isEmpty() && !address.biased();
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    int kills = Math.max(1, stage.effort().samples() / SAMPLES_BY);
    double[] millis = new double[kills];
    Asking asking = new Asking();
    try (Client client = stage.subject().open();
        Group group = Group.at(stage.place())) {
      Slices.Cost unused = Slices.during(client.mutex("before"), stage.effort().warmUpNanos());
      for (int i = 0; i < kills; i++) {
        long start = kill(group.awaitLeader(BACK_MILLIS));
        asking.untilGranted(client, "after-" + i + "-");
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
      // Whoever comes next finds all members.
      String unusedLeader = group.awaitLeader(BACK_MILLIS);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(P50, Stats.percentile(50, millis));
    figures.put(MAX, Stats.max(millis));
    figures.put(FAILED, (double) asking.refusals / kills);
    figures.put(KILLS, (double) kills);
    for (int i = 0; i < kills; i++) {
      figures.put("kill_" + i + "_ms", millis[i]);
    }
    return figures;
  }

  /** When it was killed. */
  private static long kill(String member) throws IOException {
    OptionalLong pid = Listening.at(GroupLocation.port(member));
    ProcessHandle process =
        ProcessHandle.of(pid.orElseThrow(() -> new IOException("nobody listens at " + member)))
            .orElseThrow(() -> new IOException("the process of " + member + " has ended"));
    long start = System.nanoTime();
    if (!process.destroyForcibly()) {
      throw new IOException(member + " cannot be killed");
    }
    return start;
  }

  private static final class Asking {

    private int refusals;

    void untilGranted(Client client, String prefix) throws Exception {
      long start = System.nanoTime();
      CompletableFuture<Mutex.Held> first = new CompletableFuture<>();
      for (int i = 0; System.nanoTime() - start < LONGEST_NANOS; i++) {
        CompletableFuture<? extends Mutex.Held> acquiring = client.begin(prefix + i);
        // Of those that are granted in the end, one counts.
        CompletableFuture<Void> offered =
            acquiring.thenAccept(
                held -> {
                  if (!first.complete(held)) {
                    held.releaseLater();
                  }
                });
        try {
          Object unused =
              CompletableFuture.anyOf(first, offered).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
          first.join().release();
          return;
        } catch (TimeoutException e) {
          // It stays under way, and another one is asked for.
        } catch (ExecutionException e) {
          refusals++;
          Pauses.millis(1);
        }
      }
      throw new IOException("no grant in a minute after a leader was killed");
    }
  }
}
