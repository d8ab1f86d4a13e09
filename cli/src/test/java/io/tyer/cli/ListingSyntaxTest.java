package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ListingSyntaxTest {

  private static LocksOptions locks(String... arguments) {
    return LocksSyntax.options(LocksSyntax.syntax().parse(arguments));
  }

  private static ReleaseOptions release(String... arguments) {
    return ReleaseSyntax.options(ReleaseSyntax.syntax().parse(arguments));
  }

  @Test
  void locksTakesAPrefixAnywhere() {
    assertThat(locks())
        .isEqualTo(new LocksOptions(new StoreOptions(null, null), false, false, null, ""));
    assertThat(locks("--json", "a").prefix()).isEqualTo("a");
    assertThat(locks("a", "--json").json()).isTrue();
    assertThatThrownBy(() -> locks("a", "b")).hasMessageContaining("'b' is too much");
  }

  @Test
  void releaseWantsForce() {
    assertThatThrownBy(() -> release("a")).hasMessageContaining("tyer release --force a");
    assertThatThrownBy(() -> release("--force")).hasMessageContaining("no lock is named");
    assertThat(release("--force", "a").number()).isEmpty();
    assertThat(release("--force", "a").now()).isFalse();
    assertThat(release("a", "--now", "--force").now()).isTrue();
  }

  @Test
  void tokensNameTickets() {
    long token = (1234567L << 12) + 17;
    assertThat(release("--force", "a", "--token", Long.toString(token)).number()).hasValue(1234567);
    for (String wrong : new String[] {"x", "-5", "12", "99999999999999999999"}) {
      assertThatThrownBy(() -> release("--force", "a", "--token=" + wrong))
          .hasMessageContaining("--token is a fencing token");
    }
  }
}
