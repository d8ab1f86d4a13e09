package io.tyer.example.coupons;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The buyers of all rounds; one who was killed is replaced for the next. */
final class Crew implements AutoCloseable {

  private final List<Buyer> buyers = new ArrayList<>();

  Crew(int size) throws IOException {
    for (int number = 1; number <= size; number++) {
      buyers.add(new Buyer(number));
    }
  }

  /** They are alive, as far as can be known. */
  List<Buyer> buyers() throws IOException {
    for (int i = 0; i < buyers.size(); i++) {
      if (!buyers.get(i).isAlive()) {
        buyers.set(i, new Buyer(i + 1));
      }
    }
    return List.copyOf(buyers);
  }

  /** Kills them: nothing that a buyer does when told to end would be of use to anybody. */
  @Override
  public void close() {
    buyers.forEach(Buyer::kill);
  }
}
