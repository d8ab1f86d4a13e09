package io.tyer.cli;

import io.tyer.LockView;
import io.tyer.Tyer;
import io.tyer.command.Exit;
import io.tyer.command.Printable;
import io.tyer.command.Refusal;
import java.io.PrintStream;
import java.time.Duration;
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
    if (options.watch() != null) {
      return watch(store, options.watch());
    }
    List<LockView> locks;
    try (Tyer tyer = Client.lazy(store)) {
      locks = tyer.operator().locks(options.prefix());
    }
    PrintStream out = Help.standardOutput();
    if (options.json()) {
      out.print(LocksJson.text(store.address().toString(), locks));
    } else if (options.names()) {
      printNames(out, locks);
    } else if (locks.isEmpty()) {
      screen.say("no locks are held" + in(store));
    } else {
      boolean inColour = mayColour() && Terminal.isStandardOutput();
      out.print(LocksTable.text(locks, Ages.ofThisProcess(), inColour));
    }
    if (out.checkError()) {
      throw new Refusal(Exit.INTERNAL, "the listing could not be written", null);
    }
    return Exit.OK.code();
  }

  private int watch(StoreChoice store, Duration interval) {
    boolean terminal =
        !options.json() && Terminal.isCapable(environment) && Terminal.isStandardOutput();
    LocksWatch watch = new LocksWatch(() -> Client.lazy(store), options, interval, screen);
    try {
      watch.run(store.address().toString(), terminal, terminal && mayColour());
      return Exit.OK.code();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }

  /** A name that does not fit on a line is of no use to who reads lines. */
  private static void printNames(PrintStream out, List<LockView> locks) {
    for (LockView lock : locks) {
      if (Printable.text(lock.name()).equals(lock.name())) {
        out.println(lock.name());
      }
    }
  }

  private String in(StoreChoice store) {
    String prefix = options.prefix().isEmpty() ? "" : " that begin with " + options.prefix();
    return prefix + " in " + store.address();
  }

  private boolean mayColour() {
    return Terminal.isCapable(environment) && !environment.containsKey("NO_COLOR");
  }
}
