package io.tyer.testkit.sim;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A client's connection to the server. Each message has a fate of its own: it arrives late, twice,
 * after a later one, or not at all. A repetition is what a client library does that has had no
 * reply; the first reply to come is the one that counts, and once it has come, none is under way.
 */
final class Link {

  private final World world;
  private final SimProcess process;
  private final SimServer server;
  private final Dice dice;
  private final Set<Sent<?>> outstanding = new LinkedHashSet<>();
  private boolean down;

  Link(World world, SimProcess process, SimServer server) {
    this.world = world;
    this.process = process;
    this.server = server;
    this.dice = world.dice().fork();
  }

  /** A request whose outcome the client does not know yet. */
  private static final class Sent<T> {
    final String what;
    final Reply<T> reply;
    boolean cutOff;
    boolean answered;

    Sent(String what, Reply<T> reply) {
      this.what = what;
      this.reply = reply;
    }
  }

  boolean down() {
    return down;
  }

  // ---- requests

  <T> void send(String what, boolean repeatable, Consumer<Reply<T>> atServer, Reply<T> reply) {
    world.tally().count("requests");
    Sent<T> sent = new Sent<>(what, reply);
    boolean refused = down || server.down();
    if (refused && dice.chance(0.8)) {
      world.tally().count("requests that found no server");
      process.soon(what + " finds no server", 100_000, () -> fail(sent, true));
      return;
    }
    outstanding.add(sent);
    if (refused) {
      return;
    }
    Weather weather = world.weather();
    int copies = repeatable && dice.chance(weather.repeat()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (dice.chance(weather.loseRequest())) {
        world.tally().count("requests lost");
        world.trace().add(process.name(), "(will be lost) " + what);
      } else {
        int epoch = server.epoch();
        long delay = delay(weather, i);
        world
            .events()
            .after(
                delay,
                null,
                what + " of " + process.name() + (i == 0 ? "" : " (again)"),
                () -> arrive(sent, epoch, atServer));
      }
      if (i > 0) {
        world.tally().count("requests repeated");
      }
    }
  }

  private long delay(Weather weather, int copy) {
    long usual = dice.between(30_000, weather.latency()) + dice.around(weather.latency() / 4);
    long slow = copy > 0 || dice.chance(weather.slow()) ? dice.between(0, world.longestDelay()) : 0;
    return Math.min(usual + slow, world.longestDelay());
  }

  private <T> void arrive(Sent<T> sent, int epoch, Consumer<Reply<T>> atServer) {
    if (sent.cutOff || sent.answered || server.epoch() != epoch || server.down()) {
      return;
    }
    atServer.accept(
        new Reply<>() {
          @Override
          public void done(T value) {
            comeBack(sent, "ok", () -> sent.reply.done(value));
          }

          @Override
          public void failed(StoreException failure) {
            comeBack(sent, failure.kind().toString(), () -> sent.reply.failed(failure));
          }
        });
  }

  private <T> void comeBack(Sent<T> sent, String answer, Runnable deliver) {
    Weather weather = world.weather();
    if (dice.chance(weather.loseReply())) {
      world.tally().count("replies lost");
      world.trace().add("server", "(reply will be lost) " + sent.what);
      return;
    }
    process.after(
        delay(weather, 0),
        "reply to " + sent.what + ": " + answer,
        () -> {
          if (!sent.answered && outstanding.remove(sent)) {
            sent.answered = true;
            deliver.run();
          }
        });
  }

  private void fail(Sent<?> sent, boolean unsent) {
    if (!sent.answered) {
      sent.answered = true;
      StoreException.Kind kind =
          unsent ? StoreException.Kind.UNREACHABLE : StoreException.Kind.UNKNOWN;
      sent.reply.failed(
          new StoreException(kind, (unsent ? "no connection: " : "cut off: ") + sent.what));
    }
  }

  // ---- notifications

  boolean chance(double probability) {
    return dice.chance(probability);
  }

  void count(String what) {
    world.tally().count(what);
  }

  /** The server tells the client something, perhaps. */
  void hint(String what, Runnable deliver) {
    Weather weather = world.weather();
    world.tally().count("hints");
    if (down || world.scenario().deaf() || dice.chance(weather.loseHint())) {
      world.tally().count("hints lost");
      world.trace().add("server", "(hint is lost) " + what + " to " + process.name());
      return;
    }
    int copies = dice.chance(weather.loseHint() / 2) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      process.after(delay(weather, i), "hint: " + what, deliver);
    }
  }

  // ---- breaking

  /** What is under way is cut off: some of it still arrives, no reply does. */
  void cut() {
    List<Sent<?>> cut = new ArrayList<>(outstanding);
    outstanding.clear();
    for (Sent<?> sent : cut) {
      world.tally().count("requests cut off");
      sent.cutOff = dice.chance(0.5);
      if (dice.chance(0.7)) {
        process.soon("cut off: " + sent.what, 200_000, () -> fail(sent, false));
      }
    }
  }

  void goDown() {
    down = true;
    cut();
  }

  void comeUp() {
    down = false;
  }
}
