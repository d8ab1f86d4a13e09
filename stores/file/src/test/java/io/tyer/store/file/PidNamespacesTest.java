package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that share a directory: process ids of one mean nothing, or others, in the next. */
@Requires(Needs.PID_NAMESPACES)
class PidNamespacesTest {

  private static final String UNSHARE = "unshare --pid --fork --kill-child";
  private static final List<String> NAMESPACES =
      List.of(
          " --mount-proc",
          "", // /proc still shows the processes of the host
          " --mount-proc --uts sh -c 'hostname another; exec \"$@\"' sh");
  private static final Duration TTL = Duration.ofSeconds(2);

  @TempDir Path store;

  @Test
  void aLiveHolderIsNeverTakenForDead() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (String how : NAMESPACES) {
        children.add(start(UNSHARE + how, TTL));
      }
      ChildJvm beside = start(UNSHARE + " --mount-proc", TTL);
      children.add(beside);
      ChildJvm host = start("", TTL);
      children.add(host);
      for (ChildJvm child : children) {
        assertThat(child.ask("open")).isEqualTo("open");
      }
      List<Long> tokens = new ArrayList<>();
      for (int i = 0; i < NAMESPACES.size(); i++) {
        tokens.add(Long.parseLong(children.get(i).ask("acquire a" + i)));
      }
      long start = System.nanoTime();
      while (Await.since(start) < TTL.toNanos() * 5 / 4) {
        for (int i = 0; i < NAMESPACES.size(); i++) {
          assertThat(beside.ask("try a" + i)).as(NAMESPACES.get(i)).isEqualTo("busy");
          assertThat(host.ask("try a" + i)).as(NAMESPACES.get(i)).isEqualTo("busy");
        }
        Await.pass(Duration.ofMillis(20));
      }
      for (int i = 0; i < NAMESPACES.size(); i++) {
        assertThat(children.get(i).ask("valid a" + i)).isEqualTo("true");
        assertThat(children.get(i).ask("release a" + i)).isEqualTo("released");
        assertThat(Long.parseLong(host.ask("acquire a" + i))).isGreaterThan(tokens.get(i));
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void aDeadHolderIsSeenAtOnceHereAndAfterItsTtlInAnotherNamespace() throws Exception {
    try (ChildJvm inside = start(UNSHARE + " --mount-proc", TTL);
        ChildJvm here = start("", Duration.ofMinutes(10));
        ChildJvm host = start("", Duration.ofMinutes(10))) {
      for (ChildJvm child : List.of(inside, here, host)) {
        assertThat(child.ask("open")).isEqualTo("open");
      }
      long first = Long.parseLong(here.ask("acquire a"));
      long second = Long.parseLong(inside.ask("acquire b"));
      here.kill();
      assertThat(Long.parseLong(host.ask("acquire a")))
          .as("granted, and not after ten minutes")
          .isGreaterThan(first);
      inside.kill();
      long dead = System.nanoTime();
      assertThat(Long.parseLong(host.ask("acquire b"))).isGreaterThan(second);
      assertThat(Duration.ofNanos(Await.since(dead)))
          .as("only its last beat, shortly before, shows that it is dead")
          .isGreaterThan(TTL.minusMillis(700));
    }
  }

  private ChildJvm start(String before, Duration ttl) throws Exception {
    List<String> command =
        before.isEmpty() ? List.of() : List.of("sh", "-c", "exec " + before + " \"$@\"", "sh");
    return new ChildJvm(
        command, System.getProperty("java.class.path"), Holder.class, store, ttl.toMillis());
  }
}
