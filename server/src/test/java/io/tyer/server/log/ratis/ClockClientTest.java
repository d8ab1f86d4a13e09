package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.log.MemberConfig;
import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockClientTest {

  @Test
  void membersThatAreNotAskedAnyMoreAreForgotten() throws Exception {
    MemberInfo a = Trio.member("a");
    MemberInfo b = Trio.member("b");
    MemberInfo c = Trio.member("c");
    MemberInfo moved = new MemberInfo("b", Trio.member("b").peerAddress(), b.clientAddress());
    MemberConfig config = MemberConfig.of(Path.of("none"), "test", a, List.of(a, b, c));
    try (ClockClient clocks = new ClockClient(config)) {
      assertThat(clocks.ask(List.of(b, c)).join()).as("nobody listens").isEmpty();
      assertThat(clocks.addresses()).containsOnly(b.peerAddress(), c.peerAddress());
      assertThat(clocks.ask(List.of(b)).join()).isEmpty();
      assertThat(clocks.addresses()).containsOnly(b.peerAddress());
      assertThat(clocks.ask(List.of(moved)).join()).isEmpty();
      assertThat(clocks.addresses()).containsOnly(moved.peerAddress());
      assertThat(clocks.ask(List.of()).join()).isEmpty();
      assertThat(clocks.addresses()).isEmpty();
    }
  }
}
