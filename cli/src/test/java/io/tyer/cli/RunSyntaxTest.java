package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSyntaxTest {

  private static RunOptions parse(String... arguments) {
    return RunSyntax.options(RunSyntax.syntax().parse(arguments));
  }

  @Test
  void hasDefaults() {
    RunOptions options = parse("name", "--", "command", "-x");
    assertThat(options.name()).isEqualTo("name");
    assertThat(options.command()).containsExactly("command", "-x");
    assertThat(options.patience()).isNull();
    assertThat(options.share()).isEqualTo(new Share.All());
    assertThat(options.onLoss()).isEqualTo(OnLoss.KILL);
    assertThat(options.store()).isEqualTo(new StoreOptions(null, null));
    assertThat(options.verbose()).isFalse();
  }

  @Test
  void whoStandsByWaitsForTheWholeLockAndLetsNoneLeadBeside() {
    assertThat(parse("--elect", "name", "--", "command").elect()).isTrue();
    assertThat(parse("name", "--", "command").elect()).isFalse();
    for (String other : new String[] {"--wait=5s", "--no-wait", "--shared", "--permits=1/2"}) {
      assertThatThrownBy(() -> parse("--elect", other, "name", "--", "command"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(
              "--elect and " + other.replaceFirst("=.*", "") + " exclude each other");
    }
    assertThatThrownBy(() -> parse("--elect", "--on-loss", "continue", "name", "--", "command"))
        .hasMessageContaining("two leaders");
  }

  @Test
  void takesAllOptions() {
    RunOptions options =
        parse(
            "--store",
            "file:/x",
            "--password-file=p",
            "--wait",
            "1h30m",
            "--permits",
            "2/5",
            "--ttl",
            "PT20S",
            "--on-loss",
            "term",
            "--grace",
            "500ms",
            "--label",
            "me",
            "-v",
            "name",
            "command");
    assertThat(options.store()).isEqualTo(new StoreOptions("file:/x", "p"));
    assertThat(options.patience()).isEqualTo(Duration.ofMinutes(90));
    assertThat(options.share()).isEqualTo(new Share.Permits(2, 5));
    assertThat(options.ttl()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.onLoss()).isEqualTo(OnLoss.TERM);
    assertThat(options.grace()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.label()).isEqualTo("me");
    assertThat(options.verbose()).isTrue();
    assertThat(parse("--no-wait", "name", "command").patience()).isEqualTo(Duration.ZERO);
    assertThat(parse("--shared", "name", "command").share()).isEqualTo(new Share.Reader());
  }

  @Test
  void optionsEndAtTheName() {
    assertThat(parse("name", "--store", "x").command()).containsExactly("--store", "x");
    assertThat(parse("name", "--", "--", "-v", "--wait").command())
        .containsExactly("--", "-v", "--wait");
    assertThat(parse("--", "-name", "--", "c", "--help").name()).isEqualTo("-name");
    assertThat(parse("n", "--", "@file", "'q'", "\"q\"", "${x}", "", "a,b").command())
        .containsExactly("@file", "'q'", "\"q\"", "${x}", "", "a,b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--wait soon n c | --wait: not a duration: 'soon'; write it as 500ms",
        "--wait -5s n c | --wait",
        "--wait PT-5S n c | --wait must not be negative",
        "--wait 1s --no-wait n c | exclude each other",
        "--shared --permits 1/2 n c | exclude each other",
        "--permits 3 n c | --permits is N/M",
        "--permits 3/2 n c | --permits is N/M",
        "--permits 0/2 n c | --permits is N/M",
        "--permits x/y n c | --permits is N/M",
        "--on-loss panic n c | --on-loss is kill, term or continue, not 'panic'",
        "--lable x n c | there is no option --lable (is it --label?); 'tyer run --help'",
        "-x n c | there is no option -x",
        "--ttl 1s --ttl 2s n c | --ttl is given twice",
        "--ttl | --ttl needs a value: DURATION",
        "n | no command is given; write: tyer run n -- COMMAND",
        "n -- | no command is given",
        "-v | no lock is named"
      })
  void saysWhatIsWrong(String arguments, String message) {
    assertThatThrownBy(() -> parse(arguments.split(" ")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.exit()).isEqualTo(Exit.USAGE))
        .hasMessageContaining(message);
  }
}
