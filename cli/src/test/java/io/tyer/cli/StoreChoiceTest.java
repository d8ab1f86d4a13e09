package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreChoiceTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  @TempDir Path directory;

  private String choose(
      @Nullable String store, @Nullable String passwordFile, Map<String, String> environment) {
    StoreOptions options = new StoreOptions(store, passwordFile);
    Screen screen = new Screen(said);
    String chosen = StoreChoice.of(options, environment, screen).address().text();
    screen.drain(Await.LIMIT);
    return chosen;
  }

  @Test
  void optionThenEnvironment() {
    Map<String, String> environment = Map.of("TYER_STORE", "file:/env");
    assertThat(choose("file:/option", null, environment)).isEqualTo("file:/option");
    assertThat(choose(null, null, environment)).isEqualTo("file:/env");
    assertThat(said.size()).isZero();
  }

  @Test
  void passwordFromFileOrEnvironment() throws IOException {
    Path file = Files.writeString(directory.resolve("p"), "from file\r\nrest");
    Map<String, String> environment = Map.of("TYER_PASSWORD", "env");
    assertThat(choose("redis://h", file.toString(), environment))
        .isEqualTo("redis://:from%20file@h");
    assertThat(choose("redis://me@h", null, environment)).isEqualTo("redis://me:env@h");
    assertThat(choose("file:/x", null, environment)).isEqualTo("file:/x");
    assertThat(said.size()).isZero();
  }

  @Test
  void passwordOnTheCommandLineIsWarnedOf() {
    assertThat(choose("redis://:pw@h", null, Map.of("TYER_PASSWORD", "env")))
        .isEqualTo("redis://:pw@h");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("process list", "--password-file")
        .doesNotContain("pw");
    said.reset();
    assertThat(choose(null, null, Map.of("TYER_STORE", "redis://:pw@h"))).contains("pw");
    assertThat(said.size()).isZero();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    assertThatThrownBy(() -> choose("nowhere", null, Map.of()))
        .hasMessageContaining("--store is no address of a store: 'nowhere'");
    assertThatThrownBy(() -> choose("memory:x", null, Map.of()))
        .hasMessageContaining("locks nothing between commands");
    assertThatThrownBy(() -> choose("redis://h", empty.toString(), Map.of()))
        .hasMessageContaining("holds no password");
    assertThatThrownBy(() -> choose("redis://h", directory + "/none", Map.of()))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> choose("redis://:pw@h", empty.toString(), Map.of()))
        .hasMessageContaining("given twice");
    assertThatThrownBy(() -> choose("file:/x", empty.toString(), Map.of()))
        .hasMessageContaining("a file store has no password");
  }

  @Test
  void theDefaultIsTheUsersOwn() {
    assertThat(DefaultStore.directory(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h"), null))
        .isEqualTo(Path.of("/s/tyer"));
    assertThat(DefaultStore.directory(Map.of("XDG_STATE_HOME", "s", "HOME", "/h"), null))
        .isEqualTo(Path.of("/h/.local/state/tyer"));
    assertThat(DefaultStore.directory(Map.of(), "/u")).isEqualTo(Path.of("/u/.local/state/tyer"));
    assertThatThrownBy(() -> DefaultStore.directory(Map.of(), "?"))
        .hasMessageContaining("no home directory");
  }
}
