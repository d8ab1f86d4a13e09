package io.tyer.servers.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is made for each member of a group, such as its node or how it is to be started. */
@FunctionalInterface
public interface Planning<P> {

  /** For the member at this place, from 0. */
  P at(int place) throws IOException;

  /** For so many, one after the other. */
  static <P> List<P> all(int members, Planning<P> planning) throws IOException {
    List<P> plans = new ArrayList<>();
    for (int place = 0; place < members; place++) {
      plans.add(planning.at(place));
    }
    return List.copyOf(plans);
  }
}
