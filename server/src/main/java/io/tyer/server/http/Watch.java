package io.tyer.server.http;

import io.tyer.line.LockName;
import io.tyer.server.access.Right;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.tyer.spi.Cancellable;
import io.tyer.spi.LineView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One that watches lines: server-sent events, at first the lines that there are, then each that
 * changes, as it stands when it is asked for. What changes while its client does not read is told
 * once, when it does; who does not read for a whole heartbeat is dropped.
 */
final class Watch {

  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(15).toNanos();

  /** How many lines are asked for at once. */
  private static final int AT_ONCE = 100;

  /** Whoever is so far behind begins anew. */
  private static final int MOST_CHANGED = 10_000;

  private final Api api;
  private final Call call;
  private final String prefix;
  private final BooleanSupplier admitted;
  private final Set<LockName> changed = new LinkedHashSet<>();
  private Cancellable heartbeat = () -> {};

  /** Of what there is at first, the last name that was told. */
  private String listed = "";

  private boolean asking;
  private boolean present;

  /** Whether its client has not read yet what was sent last. */
  private boolean unread;

  private boolean stuck;
  private boolean begun;
  private boolean over;

  /**
   * One that watches.
   *
   * @param prefix of the names of lines
   * @param admitted whether its token still counts
   */
  Watch(Api api, Call call, String prefix, BooleanSupplier admitted) {
    this.api = api;
    this.call = call;
    this.prefix = prefix;
    this.admitted = admitted;
  }

  void begin() {
    if (!api.group().leads()) {
      call.elsewhere();
      return;
    }
    if (!api.watches().add(this, call.whose())) {
      call.refuse(
          new Problem(Problem.Type.TOO_MUCH, "as many watch as may: watch fewer, or come later"));
      return;
    }
    call.whenGone(this::finish);
    heartbeatLater();
    list("");
  }

  /** What there is at first, part by part; what changes meanwhile is told again behind it. */
  private void list(String after) {
    asking = true;
    ask(
        List.of(new Command.List(prefix, after, AT_ONCE, call.by())),
        outcomes -> {
          Outcome.Listed lines = (Outcome.Listed) outcomes.get(0);
          StringBuilder text = new StringBuilder();
          lines.lines().forEach(line -> tell(text, line));
          if (lines.more()) {
            listed = lines.lines().get(lines.lines().size() - 1).name().text();
          } else {
            present = true;
            text.append("event: present\ndata: {}\n\n");
          }
          send(text);
        });
  }

  void changed(Set<LockName> names) {
    for (LockName name : names) {
      if (name.text().startsWith(prefix)) {
        changed.add(name);
      }
    }
    if (changed.size() > MOST_CHANGED) {
      drop();
    } else {
      next();
    }
  }

  /** Asks for what is to be told next, unless it asks already, or its client is to read first. */
  private void next() {
    if (over || asking || unread) {
      return;
    }
    if (!present) {
      list(listed);
      return;
    }
    if (changed.isEmpty()) {
      return;
    }
    List<LockName> names = changed.stream().limit(AT_ONCE).toList();
    names.forEach(changed::remove);
    // What may not be read is not told, not even that it has become empty.
    List<LockName> readable =
        names.stream().filter(name -> api.guard().may(call.by(), Right.READ, name)).toList();
    if (readable.isEmpty()) {
      next();
      return;
    }
    asking = true;
    List<Command> commands = new ArrayList<>();
    readable.forEach(name -> commands.add(new Command.List(name.text(), "", 1, call.by())));
    ask(
        commands,
        outcomes -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < readable.size(); i++) {
            LockName name = readable.get(i);
            tell(text, LineCalls.of(name, (Outcome.Listed) outcomes.get(i)));
          }
          send(text);
        });
  }

  private void ask(List<Command> commands, Consumer<List<Outcome>> then) {
    Came.of(
        api.group(),
        commands,
        api.executor(),
        came -> {
          asking = false;
          if (over) {
            return;
          }
          if (came instanceof Came.Outcomes outcomes
              && outcomes.all().stream().noneMatch(Outcome.Failed.class::isInstance)) {
            beginAnswer();
            then.accept(outcomes.all());
          } else {
            fail(came);
          }
        });
  }

  private void beginAnswer() {
    if (!begun) {
      begun = true;
      call.stream("text/event-stream");
    }
  }

  private void fail(Came came) {
    if (begun) {
      end();
    } else if (came instanceof Came.Nothing nothing) {
      finish();
      call.refuse(nothing);
    } else if (came instanceof Came.Outcomes outcomes) {
      finish();
      outcomes.all().stream()
          .filter(Outcome.Failed.class::isInstance)
          .map(Outcome.Failed.class::cast)
          .findFirst()
          .ifPresent(call::refuse);
    }
  }

  private static void tell(StringBuilder text, LineView line) {
    text.append("event: line\ndata: ").append(LineCalls.json(line).encode()).append("\n\n");
  }

  /** Goes on when that is read: no more than it is kept. */
  private void send(CharSequence text) {
    unread = true;
    call.write(
        text.toString(),
        () -> {
          unread = false;
          next();
        });
  }

  private void heartbeatLater() {
    heartbeat = api.later(HEARTBEAT_NANOS, this::heartbeat);
  }

  private void heartbeat() {
    if (over) {
      return;
    }
    if (unread && stuck) {
      drop();
      return;
    }
    stuck = unread;
    if (!admitted.getAsBoolean()) {
      end();
      return;
    }
    if (begun && !unread) {
      send(": heartbeat\n\n");
    }
    heartbeatLater();
  }

  /** Ends what was sent; its client begins anew, perhaps elsewhere. */
  void end() {
    if (over) {
      return;
    }
    finish();
    if (begun) {
      call.end();
    } else {
      call.elsewhere();
    }
  }

  /** Its client does not read: nothing more is kept for it. */
  private void drop() {
    finish();
    call.drop();
  }

  private void finish() {
    if (!over) {
      over = true;
      changed.clear();
      heartbeat.cancel();
      api.watches().remove(this, call.whose());
    }
  }
}
