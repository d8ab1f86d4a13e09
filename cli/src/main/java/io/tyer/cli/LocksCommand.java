package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.Tyer;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code tyer locks}. */
final class LocksCommand {

  private final LocksOptions options;
  private final Map<String, String> environment;
  private final Screen screen;

  LocksCommand(LocksOptions options, Map<String, String> environment, Screen screen) {
    this.options = options;
    this.environment = environment;
    this.screen = screen;
  }

  int run() {
    StoreChoice store = StoreChoice.of(options.store(), environment, screen);
    List<LockView> locks;
    try (Tyer tyer = Client.lazy(store)) {
      locks = tyer.locks(options.prefix());
    }
    PrintStream out = Help.standardOutput();
    if (options.json()) {
      out.print(LocksJson.text(store.address().toString(), locks));
    } else if (locks.isEmpty()) {
      screen.say("no locks are held" + in(store));
    } else {
      out.print(LocksTable.text(locks, Ages.ofThisProcess(), inColour()));
    }
    if (out.checkError()) {
      throw new Refusal(Exit.INTERNAL, "the listing could not be written", null);
    }
    return Exit.OK.code();
  }

  private String in(StoreChoice store) {
    String prefix = options.prefix().isEmpty() ? "" : " that begin with " + options.prefix();
    return prefix + " in " + store.address();
  }

  private boolean inColour() {
    return Terminal.isCapable(environment)
        && !environment.containsKey("NO_COLOR")
        && Terminal.isStandardOutput();
  }
}
