package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.servers.redis.RedisKind;
import io.tyer.servers.redis.RedisServer;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command line on a Redis server, as processes. */
@Tag("full")
class RedisTest extends OnServerTest<RedisServer> {

  @Override
  RedisServer start(Path home) throws IOException {
    Optional<String> missing = new RedisKind().unavailable();
    missing.ifPresent(System.out::println);
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    return new RedisKind().start(home);
  }

  @Override
  List<String> topics() {
    return List.of("open", "beat", "lock", "wake-up");
  }

  @Override
  List<String> jargon() {
    return List.of("io.lettuce");
  }

  /** Whoever has ended has left nothing, at once. */
  @Override
  void nothingIsLeft() throws IOException {
    assertThat(server.look()).isEqualTo(new Contents(new TreeMap<>(), 0));
  }

  /** The server wants a password from now on; its address with the password. */
  private String protect() throws IOException {
    assertThat(server.node().ask("CONFIG", "SET", "requirepass", PASSWORD)).isEqualTo("OK");
    return server.address().replace("redis://", "redis://:" + PASSWORD + "@");
  }

  @Test
  void badOptionsAreTheStoresToRefuse() {
    String address = server.address();
    assertThat(shell.tyer("locks", "--store", address + "?nosuch=1").await(64).err())
        .contains("the Redis store does not know the options [nosuch]; it knows [")
        .contains("replicas");
    assertThat(shell.tyer("run", "--store", address + "?replicas=x", "a", "true").await(64).err())
        .contains("replicas is a number from 0 to");
    assertThat(shell.tyer("doctor", "--store", "redis://a,b").await(64).err())
        .contains("redis:// names one server");
    assertThat(shell.tyer("locks", "--store", "redis:host").await(64).err())
        .contains("reads redis://host:port");
  }

  @Test
  void aPasswordIsShownToNobody() throws IOException {
    shell.with("TYER_STORE", protect());
    String shown = server.address();
    Shell.Started holder =
        shell.tyer(
            "run",
            "a",
            "--",
            "sh",
            "-c",
            "env > seen; tr '\\0' ' ' < /proc/$PPID/cmdline"
                + " >> seen; echo $$ > held; exec sleep 60");
    shell.awaitFile("held");
    holder = holder.withChild(Long.parseLong(shell.read("held").trim()));
    assertThat(shell.read("seen")).contains("TYER_LOCK=a").doesNotContain(PASSWORD);
    assertThat(shell.tyer("locks").await(0).out()).contains(" held ").doesNotContain(PASSWORD);
    assertThat(shell.tyer("locks", "--json").await(0).out())
        .contains(shown)
        .doesNotContain(PASSWORD);
    assertThat(shell.tyer("doctor").await(0).out()).contains(shown).doesNotContain(PASSWORD);
    Shell.kill("TERM", holder.child());
    assertThat(holder.await()).isEqualTo(128 + 15);
    assertThat(holder.err()).doesNotContain(PASSWORD);
    Shell.Started none = shell.tyer("locks").await(0);
    assertThat(none.err()).contains("no locks are held in " + shown).doesNotContain(PASSWORD);
    server.kill();
    shell.with("TYER_DEBUG", "1");
    assertThat(shell.tyer("locks").await(69).err())
        .contains("was not reached")
        .doesNotContain(PASSWORD);
    assertThat(shell.tyer("doctor").await(1).out()).doesNotContain(PASSWORD);
  }

  @Test
  void aPasswordComesFromTheEnvironmentOrAFile() throws IOException {
    protect();
    assertThat(shell.tyer("locks").await(69).err()).contains("it wants a password");
    shell.with("TYER_PASSWORD", "wr0ng");
    assertThat(shell.tyer("locks").await(69).err()).contains("WRONGPASS").doesNotContain("wr0ng");
    shell.with("TYER_PASSWORD", PASSWORD).tyer("run", "a", "true").await(0);
    Path file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    shell.without("TYER_PASSWORD").tyer("locks", "--password-file", file.toString()).await(0);
  }
}
