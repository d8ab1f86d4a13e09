package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {

  @Test
  void rawArgumentsAreTheLastOnes() {
    byte[] all = "java\0-cp\0x\0run\0\0é\0".getBytes(StandardCharsets.UTF_8);
    byte[][] last = RawArguments.last(3, all);
    assertThat(last).isNotNull();
    assertThat(new String(last[0], StandardCharsets.UTF_8)).isEqualTo("run");
    assertThat(last[1]).isEmpty();
    assertThat(new String(last[2], StandardCharsets.UTF_8)).isEqualTo("é");
    assertThat(RawArguments.last(9, all)).isNull();
  }
}
