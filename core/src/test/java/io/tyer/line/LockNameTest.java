package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a name may be, and the order of names. */
class LockNameTest {

  @Test
  void takesOneTo512BytesOfUtf8() {
    for (String text :
        new String[] {
          "a", " ", "/", "\n", "\0", "\u00e9", "\ud83d\ude82", "x".repeat(512), "\u00e9".repeat(256)
        }) {
      LockName name = LockName.of(text);
      assertThat(name.text()).isEqualTo(text);
      assertThat(name).hasToString(text);
      assertThat(name.utf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void saysWhatWasWrongAndWhatWouldBeRight() {
    refused("", "must not be empty", "1 to 512 bytes");
    refused("x".repeat(513), "at most 512 bytes", "has 513 characters", "shorten");
    refused("x".repeat(100_000), "has 100000 characters");
    refused("\u00e9".repeat(256) + "x", "at most 512 bytes", "has 513 (in 257 characters)");
    refused("a\ud83d", "unpaired surrogate (U+D83D) at index 1");
    refused("\ude82\ud83d", "unpaired surrogate (U+DE82) at index 0");
    refused("\ud83d\ud83d\ude82", "unpaired surrogate (U+D83D) at index 0");
  }

  @Test
  void isAValueThatNobodyChanges() {
    LockName name = LockName.of("orders/17");
    name.utf8()[0] = 'x';
    assertThat(name.utf8()).isEqualTo("orders/17".getBytes(StandardCharsets.UTF_8));
    assertThat(name)
        .isEqualTo(LockName.of("orders/17"))
        .hasSameHashCodeAs(LockName.of("orders/17"))
        .isNotEqualTo(LockName.of("orders/18"));
  }

  @Test
  void isOrderedByBytesAndNotByChars() {
    // By UTF-16 units the surrogates of U+1F682 come before U+FF5E; by UTF-8 bytes they do not.
    assertThat(LockName.of("\ud83d\ude82")).isGreaterThan(LockName.of("\uff5e"));
    assertThat(LockName.of("a")).isLessThan(LockName.of("aa"));
    assertThat(LockName.of("z")).isLessThan(LockName.of("\u00e9"));
    for (int testCase = 0; testCase < 2_000; testCase++) {
      Random random = Seed.random(testCase);
      LockName one = LockName.of(randomText(random));
      LockName other = LockName.of(randomText(random));
      assertThat(Integer.signum(one.compareTo(other)))
          .as(Seed.label(testCase))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.utf8(), other.utf8())))
          .isEqualTo(-Integer.signum(other.compareTo(one)));
      assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int[] some = {'a', 'b', 0xe9, 0xff5e, 0x1f682};
      text.appendCodePoint(some[random.nextInt(some.length)]);
    }
    return text.toString();
  }

  private static void refused(String text, String... messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LockName.of(text))
        .withMessageContainingAll(messages);
  }
}
