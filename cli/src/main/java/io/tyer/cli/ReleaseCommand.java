package io.tyer.cli;

import io.tyer.Tyer;
import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import java.util.Map;

/** {@code tyer release}. */
final class ReleaseCommand {

  private final ReleaseOptions options;
  private final Map<String, String> environment;
  private final Screen screen;

  ReleaseCommand(ReleaseOptions options, Map<String, String> environment, Screen screen) {
    this.options = options;
    this.environment = environment;
    this.screen = screen;
  }

  int run() {
    StoreChoice store = StoreChoice.of(options.store(), environment, screen);
    if (options.now()) {
      screen.warn(
          "--now does not wait for the holders: until they notice, two may believe that they hold "
              + options.name()
              + " and work at the same time (promises S1 and S5 do not cover this); only data whose"
              + " writers check fencing tokens is safe");
    }
    int count;
    try (Tyer tyer = Client.lazy(store)) {
      count = revoke(tyer);
    }
    if (count == 0) {
      screen.say(nobody());
      return Exit.NEGATIVE.code();
    }
    screen.say(done(count));
    return Exit.OK.code();
  }

  private int revoke(Tyer tyer) {
    try {
      return options.now()
          ? tyer.operator().removeNow(options.name(), options.number())
          : tyer.operator().revoke(options.name(), options.number());
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }

  private String nobody() {
    return options.number().isPresent()
        ? "no ticket of " + options.name() + " has that token; 'tyer locks' shows those there are"
        : "nobody holds " + options.name();
  }

  private String done(int count) {
    String holders = count == 1 ? "1 holder" : count + " holders";
    return options.now()
        ? options.name() + " was taken from " + holders + "; the next in line may hold it already"
        : holders
            + " of "
            + options.name()
            + (count == 1 ? " was" : " were")
            + " asked to give it back; it goes on when they have, or are gone";
  }
}
