package io.tyer.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworksTest {

  @Test
  void aNetworkInWhichAnInterfaceHasAnAddressIsNotTaken() throws Exception {
    assertThat(Networks.free("10.78.", 7, Set.of("10.78.70.1", "127.0.0.1"))).isEqualTo(7);
    assertThat(Networks.free("10.78.", 7, Set.of("10.78.7.1", "10.78.8.2"))).isEqualTo(9);
    assertThat(Networks.free("10.78.", 249, Set.of("10.78.249.9"))).isZero();
  }
}
