package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NetnsTest {

  @Test
  void moreHostsThanThereAreAddressesForAreRefused() {
    assertThatThrownBy(() -> Netns.create(61))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 60 workers");
  }
}
