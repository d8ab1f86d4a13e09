package io.tyer.testkit.contract;

import io.tyer.LockView;
import io.tyer.Tyer;
import java.util.List;

/** A lock's line, as a client sees it. */
final class Line {

  private Line() {}

  /** Everybody in line, in order; empty if nobody is. */
  static List<LockView.Place> of(Tyer tyer, String name) {
    return tyer.operator().locks(name).stream()
        .filter(view -> view.name().equals(name))
        .flatMap(view -> view.line().stream())
        .toList();
  }

  /** Who of them is granted, in order. */
  static List<Boolean> granted(Tyer tyer, String name) {
    return of(tyer, name).stream().map(LockView.Place::granted).toList();
  }

  /** The ticket's number at this place of the line, the first being 0. */
  static long number(Tyer tyer, String name, int place) {
    return of(tyer, name).get(place).number();
  }
}
