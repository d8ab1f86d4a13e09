package io.tyer.testkit.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The names that are locked: few, so that workers meet.
 *
 * @param doors mutexes and read-write locks
 * @param pools semaphores, on which a mutex is taken now and then
 */
record Names(List<String> doors, List<Pool> pools) {

  /**
   * A semaphore.
   *
   * @param name its name
   * @param permits how many permits there are in all
   */
  record Pool(String name, int permits) {}

  Names {
    doors = List.copyOf(doors);
    pools = List.copyOf(pools);
  }

  static Names drawn(SplittableRandom random) {
    List<String> doors = new ArrayList<>(List.of("door-0", "T\u00fcr 1/\u6249 ?&%"));
    for (int i = random.nextInt(3); i > 0; i--) {
      doors.add("door-" + doors.size());
    }
    return new Names(doors, List.of(new Pool("pool-0", random.nextInt(2, 6))));
  }

  Stream<String> all() {
    return Stream.concat(doors.stream(), pools.stream().map(Pool::name));
  }
}
