package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.GroupLocation;
import io.tyer.benchmarks.server.Listening;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The heap that members of a group use while clients hold many locks. That a member can live in so
 * much is shown by its limit, which stands in the report: it would end otherwise.
 */
record MemberHeapRow(String name) implements Row {

  private static final String HEAP = "heap_mb";
  private static final String GROWN = "heap_bytes_per_lock";
  private static final String HELD = "locks";
  private static final double MEGABYTE = 1 << 20;

  /** Times what one client holds in the row of clients. */
  private static final int CLIENTS = 10;

  private static final int UNDER_WAY = 256;
  private static final long ANSWER_SECONDS = 60;

  @Override
  public String title() {
    return CLIENTS
        + " clients of one process hold many locks: live heap of the member of the group that has"
        + " most of it, after a full collection";
  }

  @Override
  public Kind kind() {
    return Kind.MEMBER_HEAP;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.less(HEAP, "MB of heap"),
        Figure.less(GROWN, "bytes per lock more than before"),
        Figure.neither(HELD, "locks held"));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(
        Subject.Ability.HOLDS_MANY, Subject.Ability.IN_FLIGHT, Subject.Ability.FAILS_OVER);
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    int each = stage.effort().held();
    List<Client> clients = new ArrayList<>();
    List<Mutex.Held> held = new ArrayList<>();
    try {
      long before = mostHeap(stage.place());
      for (int i = 0; i < CLIENTS; i++) {
        Client client = stage.subject().open();
        clients.add(client);
        held.addAll(hold(client, "held-" + i + "-", each));
      }
      long after = mostHeap(stage.place());
      long lost = held.stream().filter(one -> !one.valid()).count();
      if (lost > 0) {
        throw new IOException(
            lost + " of " + held.size() + " locks were lost meanwhile: the heap is of fewer");
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(HEAP, after / MEGABYTE);
      figures.put(GROWN, (double) (after - before) / CLIENTS / each);
      figures.put(HELD, (double) CLIENTS * each);
      return figures;
    } finally {
      // A client that is closed tells of each lock that it still holds.
      held.forEach(Mutex.Held::releaseLater);
      for (Client client : clients) {
        client.close();
      }
    }
  }

  /** Acquires so many locks, and keeps them until the client is closed. */
  private static List<Mutex.Held> hold(Client client, String prefix, int count) throws Exception {
    List<Mutex.Held> held = new ArrayList<>();
    Deque<CompletableFuture<? extends Mutex.Held>> underWay = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      if (underWay.size() == UNDER_WAY) {
        held.add(underWay.remove().get(ANSWER_SECONDS, TimeUnit.SECONDS));
      }
      underWay.add(client.begin(prefix + i));
    }
    for (CompletableFuture<? extends Mutex.Held> last : underWay) {
      held.add(last.get(ANSWER_SECONDS, TimeUnit.SECONDS));
    }
    return held;
  }

  private static long mostHeap(Address place) throws IOException {
    long most = 0;
    for (String member : GroupLocation.of(place).members()) {
      OptionalLong pid = Listening.at(GroupLocation.port(member));
      most =
          Math.max(
              most,
              OtherHeap.used(
                  pid.orElseThrow(() -> new IOException("nobody listens at " + member))));
    }
    return most;
  }
}
