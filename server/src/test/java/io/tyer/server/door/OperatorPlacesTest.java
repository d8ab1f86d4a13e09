package io.tyer.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OperatorPlacesTest {

  private static final int ROUNDS = 20_000;
  private static final int MOST = 2;

  private final OperatorPlaces places = new OperatorPlaces(MOST);

  @Test
  void oneForEachConnectionHoweverOftenItAsks() {
    OperatorPlaces.Place place = places.place();
    assertThat(place.isTaken()).isFalse();
    assertThat(place.take()).isTrue();
    assertThat(place.take()).isTrue();
    assertThat(place.isTaken()).isTrue();
    assertThat(places.taken()).isOne();
    OperatorPlaces.Place other = places.place();
    assertThat(other.take()).isTrue();
    assertThat(places.place().take()).as("more than there are").isFalse();
    place.end();
    place.end();
    assertThat(place.take()).as("after its end").isFalse();
    assertThat(places.taken()).isOne();
  }

  /** Two calls on a new connection, and its end, at the same time: nothing stays taken. */
  @Test
  void noPlaceIsLostToARace() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CyclicBarrier together = new CyclicBarrier(3);
    List<OperatorPlaces.Place> connections = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      connections.add(places.place());
    }
    try {
      List<Future<?>> done = new ArrayList<>();
      done.add(threads.submit(() -> inTurn(together, connections, true)));
      done.add(threads.submit(() -> inTurn(together, connections, true)));
      done.add(threads.submit(() -> inTurn(together, connections, false)));
      for (Future<?> each : done) {
        each.get(100, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(places.taken()).isZero();
  }

  private static Void inTurn(
      CyclicBarrier together, List<OperatorPlaces.Place> connections, boolean takes)
      throws Exception {
    for (OperatorPlaces.Place connection : connections) {
      together.await();
      if (takes) {
        boolean unused = connection.take();
      } else {
        connection.end();
      }
    }
    return null;
  }
}
