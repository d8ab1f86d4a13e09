package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Walks through whatever may happen to a name, exhaustively to a small depth: after each step what
 * {@link NameWorld} requires holds, and from wherever it stops it comes to rest.
 */
class NameStateWalkTest {

  private static final int DEPTH = Integer.getInteger("tyer.walk.depth", 4);

  private int walks;

  @Test
  void withoutBatons() {
    walk(() -> new NameWorld(0, false), DEPTH);
  }

  @Test
  void withBatonsWhereLeavingAndEnteringIsOneRequest() {
    walk(() -> new NameWorld(16, true), DEPTH);
  }

  @Test
  void underBias() {
    LockName name = LockName.of("it");
    walk(
        () ->
            new NameWorld(
                state ->
                    new BiasedName(name, state, new BiasPolicy(0), new KeptSlot(), () -> true)),
        DEPTH,
        "acquire",
        "served",
        "release");
  }

  @Test
  void ofReaders() {
    walk(() -> NameWorld.ofReaders(16), DEPTH);
  }

  @Test
  void ofReadersWhileAnotherClientWaitsToWrite() {
    walk(() -> NameWorld.ofReaders(16), DEPTH, "acquire", "served", "stranger");
  }

  @Test
  void underStrictOrder() {
    walk(() -> NameWorld.strict(Mode.EXCLUSIVE), DEPTH);
    walk(() -> NameWorld.strict(Mode.EXCLUSIVE), DEPTH, "acquire", "served", "acquire", "served");
    walk(() -> NameWorld.strict(Mode.READ), DEPTH);
  }

  @Test
  @Tag("full")
  void deeper() {
    walk(() -> new NameWorld(1, true), DEPTH + 2);
  }

  /** Every way is walked from its beginning, since a state is not copied. */
  private void walk(Supplier<NameWorld> worlds, int depth, String... first) {
    walks = 0;
    NameWorld world = worlds.get();
    List<Integer> way = new ArrayList<>();
    for (String name : first) {
      List<NameWorld.Choice> choices = world.choices();
      int choice = 0;
      while (!choices.get(choice).name().startsWith(name)) {
        choice++;
      }
      choices.get(choice).make().run();
      way.add(choice);
    }
    walk(worlds, depth + first.length, way);
    assertThat(walks).isGreaterThan(1_000);
  }

  private void walk(Supplier<NameWorld> worlds, int depth, List<Integer> way) {
    List<String> names = new ArrayList<>();
    NameWorld world = worlds.get();
    try {
      for (int choice : way) {
        NameWorld.Choice made = world.choices().get(choice);
        names.add(made.name());
        made.make().run();
      }
      if (way.size() < depth) {
        int choices = world.choices().size();
        for (int i = 0; i < choices; i++) {
          way.add(i);
          walk(worlds, depth, way);
          way.remove(way.size() - 1);
        }
      } else {
        walks++;
        world.comeToRest();
      }
    } catch (IllegalStateException | NullPointerException e) {
      throw new AssertionError("after " + names, e);
    }
  }
}
