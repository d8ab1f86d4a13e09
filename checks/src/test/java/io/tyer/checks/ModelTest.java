package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in docs/model holds where it should, and breaks where it should. */
@Requires({Needs.SPIN, Needs.BASH})
class ModelTest {

  private static final Pattern CHECKED = Pattern.compile("^(holds|broken) .* ok$");

  @Test
  void everyConfigurationComesOutAsExpected(@TempDir Path scratch) throws Exception {
    Path script = Repository.ofWorkingDirectory().root().resolve("docs/model/check.sh");
    File output = scratch.resolve("output").toFile();
    Process check =
        new ProcessBuilder(script.toString())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      boolean ended = check.waitFor(15, TimeUnit.MINUTES);
      String said = Files.readString(output.toPath());
      assertThat(ended).as("it ended in time; so far it said:\n%s", said).isTrue();
      assertThat(check.exitValue()).as(said).isZero();
      List<String> lines = said.lines().toList();
      assertThat(lines).anyMatch(line -> line.startsWith("holds"));
      assertThat(lines).anyMatch(line -> line.startsWith("broken"));
      assertThat(lines).allMatch(line -> CHECKED.matcher(line).matches());
    } finally {
      check.descendants().forEach(ProcessHandle::destroyForcibly);
      check.destroyForcibly();
    }
  }
}
