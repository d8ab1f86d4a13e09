package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.RawArguments;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.fuzz.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Arguments of the commands, a line each: understood, or refused in one that helps. */
class CommandLineFuzzTest {

  @FuzzTest
  void run(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    RunOptions options = parse(RunSyntax.syntax(), text, RunSyntax::options);
    if (options != null) {
      assertThat(options.command()).isNotEmpty();
      String[] args = text.split("\n", -1);
      // What is run is handed on untouched.
      int from = args.length - options.command().size();
      assertThat(options.command()).containsExactly(Arrays.copyOfRange(args, from, args.length));
    }
  }

  @FuzzTest
  void locks(FuzzedDataProvider in) {
    parse(LocksSyntax.syntax(), in.consumeRemainingAsString(), LocksSyntax::options);
  }

  @FuzzTest
  void release(FuzzedDataProvider in) {
    parse(ReleaseSyntax.syntax(), in.consumeRemainingAsString(), ReleaseSyntax::options);
  }

  @FuzzTest
  void doctor(FuzzedDataProvider in) {
    parse(DoctorSyntax.syntax(), in.consumeRemainingAsString(), DoctorSyntax::options);
  }

  /** An address with a password where it does not belong: {@code @} stands for it. */
  @FuzzTest
  void secretsAstray(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString().replace("@", "redis://me:hunter2@host");
    parse(RunSyntax.syntax(), text, RunSyntax::options);
    parse(LocksSyntax.syntax(), text, LocksSyntax::options);
    parse(ReleaseSyntax.syntax(), text, ReleaseSyntax::options);
  }

  private static <T> @Nullable T parse(Syntax syntax, String text, Function<Parsed, T> options) {
    try {
      Parsed parsed = syntax.parse(text.split("\n", -1));
      return parsed.has("help") ? null : options.apply(parsed);
    } catch (Refusal e) {
      assertThat(e.exit()).isEqualTo(Exit.USAGE);
      Refusals.explains(e, text.length());
      assertThat(e.getMessage()).doesNotContain(Refusals.SECRET);
      return null;
    }
  }

  /** First the store's address, then the arguments of {@code tyer run}. */
  @FuzzTest
  void times(FuzzedDataProvider in) {
    String[] text = in.consumeRemainingAsString().split("\n", 2);
    RunOptions options =
        parse(RunSyntax.syntax(), text.length < 2 ? "x\n--\ny" : text[1], RunSyntax::options);
    if (options == null) {
      return;
    }
    try {
      Timing timing = Timing.of(options, new Address(text[0]), Map.of());
      assertThat(timing.grace()).isBetween(java.time.Duration.ZERO, timing.margin());
      assertThat(timing.sampleMillis()).isBetween(10L, 1000L);
      Owner.of(options, new Address(text[0]), Map.of());
    } catch (Refusal e) {
      assertThat(e.exit()).isEqualTo(Exit.USAGE);
      Refusals.explains(e, text[0].length() + 100);
    }
  }

  @FuzzTest
  void rawArguments(byte[] bytes) {
    int count = bytes.length == 0 ? 0 : bytes[0] & 7;
    byte[][] last = RawArguments.last(count, bytes);
    if (last != null) {
      assertThat(last).hasNumberOfRows(count);
      for (byte[] argument : last) {
        assertThat(argument).doesNotContain((byte) 0);
      }
    }
  }

  @FuzzTest
  void rawArgumentsOfAProcess(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString().replace("\0", "");
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String[] arguments = new String(utf8, StandardCharsets.UTF_8).split("\n", -1);
    byte[] all = ("java\0" + String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8);
    byte[][] last = RawArguments.last(arguments.length, all);
    assertThat(last).isNotNull();
    assertThat(Arrays.stream(last).map(a -> new String(a, StandardCharsets.UTF_8)))
        .containsExactly(arguments);
  }

  @FuzzTest
  void foreground(FuzzedDataProvider in) {
    String stat = in.consumeRemainingAsString();
    if (Foreground.isForeground(stat)) {
      assertThat(stat).contains(") ");
    }
  }
}
