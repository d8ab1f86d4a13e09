package io.tyer.example.coupons;

import java.util.ArrayList;
import java.util.List;

/** An audience that remembers which rounds have ended. */
final class Heard implements Audience {

  private final List<Round> ended = new ArrayList<>();

  @Override
  public void begins(Round round, Settings settings) {}

  @Override
  public void started(long nanos) {}

  @Override
  public void happens(Event event) {}

  @Override
  public void ends(RoundResult result) {
    ended.add(result.round());
  }

  List<Round> ended() {
    return ended;
  }
}
