package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NetnsTest {

  @Test
  void aNetworkInWhichAnInterfaceHasAnAddressIsNotTaken() throws Exception {
    assertThat(Netns.freeNetwork(7, Set.of("10.78.70.1", "127.0.0.1"))).isEqualTo(7);
    assertThat(Netns.freeNetwork(7, Set.of("10.78.7.1", "10.78.8.2"))).isEqualTo(9);
    assertThat(Netns.freeNetwork(249, Set.of("10.78.249.9"))).isZero();
  }

  @Test
  void moreHostsThanThereAreAddressesForAreRefused() {
    assertThatThrownBy(() -> Netns.create(61))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 60 workers");
  }
}
