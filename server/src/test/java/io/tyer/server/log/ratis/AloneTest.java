package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.PeerClock;
import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member that nobody is to reach. */
@Timeout(120)
class AloneTest {

  private static final MemberInfo ALONE = new MemberInfo("a", "", "a.example:7000");

  @TempDir Path root;

  @Test
  void itServesAndIsNotMadeOneOfSeveral() throws Exception {
    try (Trio one = new Trio(root)) {
      ReplicatedLog log = one.start(ALONE, List.of(ALONE));
      one.append("x");
      assertThat(log.status().members()).containsExactly(ALONE);
      assertThat(log.clocks().get(20, TimeUnit.SECONDS)).isEmpty();
      assertThatThrownBy(() -> log.add(Trio.member("b")).get(60, TimeUnit.SECONDS))
          .hasMessageContaining("begun by a member alone")
          .hasMessageContaining("--peers a=HOST:PORT/HOST:PORT");
      one.stop("a");
      one.start(ALONE, List.of(ALONE));
      assertThat(one.append("y")).isEqualTo(2);
    }
  }

  /** The engine would tell others the address in the log, where nobody listens. */
  @Test
  void norWithAnAddressThatItsLogDoesNotTell() throws Exception {
    try (Trio group = new Trio(root)) {
      group.start(ALONE, List.of(ALONE));
      group.append("x");
      group.stop("a");
      MemberInfo reached =
          new MemberInfo("a", Trio.member("a").peerAddress(), ALONE.clientAddress());
      ReplicatedLog log = group.start(reached, List.of(reached));
      assertThat(group.leader()).isEqualTo("a");
      assertThatThrownBy(() -> log.add(Trio.member("b")).get(60, TimeUnit.SECONDS))
          .hasMessageContaining("begun by a member alone")
          .hasMessageContaining("tyer token export");
      assertThat(group.append("y")).isEqualTo(2);
    }
  }

  @Test
  void membersTellEachOtherTheirClocks() throws Exception {
    try (Trio three = new Trio(root, "a", "b", "c").start()) {
      three.append("x");
      assertThat(three.log("a").clocks().get(60, TimeUnit.SECONDS))
          .extracting(PeerClock::id)
          .containsExactly("b", "c");
      three.stop("c");
      assertThat(three.log("a").clocks().get(60, TimeUnit.SECONDS))
          .extracting(PeerClock::wallMillis)
          .containsExactly(Words.WALL);
    }
  }
}
