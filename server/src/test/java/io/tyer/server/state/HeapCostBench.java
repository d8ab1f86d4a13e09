package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the state is said to take is about what it takes, and rather more. */
class HeapCostBench {

  private static final int MANY = 10_000;

  /** What other tests have left behind goes in the meantime: the median counts. */
  private static final int MEASURED = 7;

  private static Entry entry(List<Command> commands) {
    return new Entry(0, Machine.WALL, commands);
  }

  private static Command enter(int i, String name, String owner, boolean settled) {
    Ask ask = Ask.exclusive(new SessionId(0, i / 1_000), new RequestId(7, i), owner, false);
    int sequence = i % 1_000 + 1;
    return new Command.Enter(
        new Command.Place(sequence, settled ? sequence : 0), LockName.of(name), ask, false);
  }

  static List<Arguments> states() {
    BiFunction<Integer, String, Command> lines = (i, text) -> enter(i, text + i, "", true);
    BiFunction<Integer, String, Command> owners =
        (i, text) -> enter(i, "lock" + i, text.substring(0, 200) + i, true);
    BiFunction<Integer, String, Command> outcomes = (i, text) -> enter(i, "lock" + i, "", false);
    BiFunction<Integer, String, Command> oneLine =
        (i, text) -> enter(i, "lock" + i / 1_000, text.substring(0, 200) + i, false);
    BiFunction<Integer, String, Command> sessions =
        (i, text) -> new Command.Open(new SessionId(1, i), 60_000, text.substring(0, 200) + i);
    BiFunction<Integer, String, Command> dead =
        (i, text) ->
            i % 2 == 0
                ? new Command.Open(new SessionId(1, i), 60_000, "")
                : new Command.End(new SessionId(1, i - 1));
    return List.of(
        Arguments.of("short names", "", lines),
        Arguments.of("long names", "x".repeat(480), lines),
        Arguments.of("names of three bytes a character", "\u20ac".repeat(160), lines),
        Arguments.of("owners", "x".repeat(200), owners),
        Arguments.of("owners of two bytes a character", "\u044f".repeat(200), owners),
        Arguments.of("unsettled outcomes", "", outcomes),
        Arguments.of("outcomes with others in the way", "x".repeat(200), oneLine),
        Arguments.of("sessions", "x".repeat(200), sessions),
        Arguments.of("ended sessions", "", dead));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void isAboutWhatItIs(String what, String text, BiFunction<Integer, String, Command> command)
      throws IOException {
    LockMachine machine = new LockMachine();
    List<Command> opens = new ArrayList<>();
    for (int i = 0; i < MANY / 1_000; i++) {
      opens.add(new Command.Open(new SessionId(0, i), 60_000, ""));
    }
    machine.apply(entry(opens));
    assertThat(machine.heapCost()).isLessThan(MANY * 20L);
    for (int i = 0; i < MANY; i++) {
      machine.apply(entry(List.of(command.apply(i, text))));
    }
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    machine.save(snapshot);
    long said = machine.heapCost();
    machine = null;
    byte[] bytes = snapshot.toByteArray();
    snapshot = null;
    long[] took = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      took[i] = restored(bytes, said);
    }
    Arrays.sort(took);
    long median = took[MEASURED / 2];
    System.out.printf("%s: said %,d, took %,d%n", what, said / MANY, median / MANY);
    assertThat(median).isBetween(said / 4, said);
  }

  /** What it takes after a start, when nothing in it is shared with what came in. */
  private static long restored(byte[] bytes, long said) throws IOException {
    long before = used();
    LockMachine restored = LockMachine.restore(new ByteArrayInputStream(bytes));
    long took = used() - before;
    assertThat(restored.heapCost()).as("still there when it was measured").isEqualTo(said);
    return took;
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }
}
