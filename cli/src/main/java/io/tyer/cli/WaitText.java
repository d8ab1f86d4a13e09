package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.LockView.Place;

/** Says for whom the program waits, and where in the line it stands. */
final class WaitText {

  private final String name;
  private final String owner;
  private final Ages ages;

  WaitText(String name, String owner, Ages ages) {
    this.name = name;
    this.owner = owner;
    this.ages = ages;
  }

  String line(LockView lock, boolean withAges) {
    StringBuilder text = new StringBuilder("waiting for ").append(name);
    place(text, lock);
    holders(text, lock, withAges);
    return text.toString();
  }

  private void holders(StringBuilder text, LockView lock, boolean withAges) {
    int others = -1;
    for (Place place : lock.line()) {
      if (place.granted() && ++others == 0) {
        text.append("; held ");
        if (withAges) {
          text.append("for ").append(ages.since(place.since())).append(' ');
        }
        text.append("by ").append(place.owner());
      }
    }
    if (others > 0) {
      text.append(" and ").append(others).append(others == 1 ? " other" : " others");
    }
  }

  /** Places are told apart by their owners; several with our label leave open which is ours. */
  private void place(StringBuilder text, LockView lock) {
    int waiting = lock.omitted();
    int ours = 0;
    int oursAt = 0;
    for (Place place : lock.line()) {
      if (!place.granted()) {
        waiting++;
        if (place.owner().equals(owner)) {
          ours++;
          oursAt = waiting;
        }
      }
    }
    if (ours == 1 && lock.omitted() == 0) {
      text.append(", place ").append(oursAt).append(" of ").append(waiting).append(" in line");
    } else if (waiting > 0) {
      text.append(", ").append(waiting).append(" in line");
    }
  }
}
