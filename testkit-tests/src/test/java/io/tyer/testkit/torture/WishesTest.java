package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WishesTest {

  private static List<Wish> wishes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Names names = Names.drawn(random.split());
    Wishes wishes = new Wishes(names, TtlRange.SHORT, random.split());
    return Stream.generate(wishes::next).limit(3_000).toList();
  }

  @Test
  void theSameSeedMakesTheSameWishes() {
    assertThat(wishes(7)).isEqualTo(wishes(7));
    assertThat(wishes(8)).isNotEqualTo(wishes(7));
  }

  @Test
  void everyKindIsWishedForInEveryWay() {
    Set<Wish.Way> ways = EnumSet.noneOf(Wish.Way.class);
    Set<Wish.Kind> kinds = EnumSet.noneOf(Wish.Kind.class);
    Set<Wish.TokenTime> tokens = EnumSet.noneOf(Wish.TokenTime.class);
    for (Wish wish : wishes(1)) {
      ways.add(wish.way());
      kinds.add(wish.thing().kind());
      tokens.add(wish.token());
      assertThat(wish.thing().weight()).isLessThanOrEqualTo(wish.thing().capacity());
    }
    assertThat(ways).isEqualTo(EnumSet.allOf(Wish.Way.class));
    assertThat(kinds).isEqualTo(EnumSet.allOf(Wish.Kind.class));
    assertThat(tokens).isEqualTo(EnumSet.allOf(Wish.TokenTime.class));
  }

  @Test
  void someHoldForLongerThanTheirTtlSomeAreInterruptedSomeHaveALimit() {
    List<Wish> wishes = wishes(2);
    assertThat(wishes).anyMatch(wish -> wish.holdMillis() > TtlRange.SHORT.longestMillis());
    assertThat(wishes).anyMatch(wish -> wish.interruptMillis() > 0);
    assertThat(wishes).anyMatch(wish -> wish.maxHoldMillis() > 0);
    assertThat(wishes).anyMatch(wish -> wish.thing().weight() > 1);
  }

  @Test
  void someWriteLongAfterTheirMaximumHoldWithTheTokenTheyHad() {
    assertThat(wishes(3))
        .filteredOn(Wish::heedless)
        .isNotEmpty()
        .allMatch(wish -> wish.writes() && wish.token() == Wish.TokenTime.AT_ONCE)
        .allMatch(wish -> wish.maxHoldMillis() > 0)
        .allMatch(wish -> wish.holdMillis() - wish.maxHoldMillis() >= 100);
  }
}
