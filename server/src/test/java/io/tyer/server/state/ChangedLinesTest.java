package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of changed lines is what has changed, and only told where it is wanted. */
class ChangedLinesTest {

  private static final int NAMES = 5;

  private final LockMachine machine = new LockMachine();
  private final Random random = new Random(42);
  private long request;

  private static LockName name(int number) {
    return LockName.of("n" + number);
  }

  private Map<LockName, Line> lines() {
    Map<LockName, Line> lines = new HashMap<>();
    for (int i = 0; i < NAMES; i++) {
      Line line = machine.line(name(i));
      if (line != null) {
        lines.put(name(i), line);
      }
    }
    return lines;
  }

  private static List<Ticket> tickets(@Nullable Line line) {
    return line == null ? List.of() : line.tickets();
  }

  private Command command() {
    SessionId session = new SessionId(1, request / 20 + random.nextInt(4));
    LockName name = name(random.nextInt(NAMES));
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> new Command.Open(session, 1_000 + random.nextInt(3_000), "");
      case 5, 6, 7, 8, 9, 10, 11, 12 ->
          new Command.Enter(
              new Command.Place(++request, request),
              name,
              Ask.exclusive(session, new RequestId(1, request), "", false),
              random.nextBoolean());
      case 13, 14, 15 -> new Command.Revoke(name, OptionalLong.empty(), random.nextBoolean());
      default -> new Command.End(session);
    };
  }

  @Test
  void whatHasChangedIsToldAndNothingIsLeftOut() {
    machine.watched(true);
    int changes = 0;
    for (int i = 0; i < 5_000; i++) {
      Map<LockName, Line> before = lines();
      Applied applied = machine.apply(new Entry(random.nextInt(100), 1, List.of(command())));
      Map<LockName, Line> after = lines();
      Set<LockName> changed = new HashSet<>();
      for (int n = 0; n < NAMES; n++) {
        boolean same = tickets(before.get(name(n))).equals(tickets(after.get(name(n))));
        if (!same) {
          changed.add(name(n));
        }
      }
      assertThat(applied.changed()).containsAll(changed);
      changes += changed.size();
    }
    assertThat(changes).isGreaterThan(200);
  }

  @Test
  void nothingIsToldWhereNobodyWantsToKnow() {
    int there = 0;
    for (int i = 0; i < 500; i++) {
      assertThat(machine.apply(new Entry(100, 1, List.of(command()))).changed()).isEmpty();
      there = Math.max(there, lines().size());
    }
    assertThat(there).isPositive();
  }
}
