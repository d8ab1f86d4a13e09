package io.tyer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.StoreUnreachableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @Nullable Exception thrown;

  /** A command of a command. */
  private final class Told implements Command {
    private final String name;
    private final List<Command> below;

    Told(String name, Command... below) {
      this.name = name;
      this.below = List.of(below);
    }

    @Override
    public Syntax syntax() {
      return new Syntax(name, "", "Does it.").withHelp();
    }

    @Override
    public List<Command> commands() {
      return below;
    }

    @Override
    public Exit run(Parsed parsed, Console console) throws Exception {
      if (thrown != null) {
        throw thrown;
      }
      console.print(name + " " + parsed.arguments() + "\n");
      return Exit.NEGATIVE;
    }
  }

  private int run(String... arguments) {
    Command command = new Told("tyer x", new Told("tyer x y", new Told("tyer x y z")));
    return new Console("tyer", new PrintWriter(out, true), new PrintWriter(err, true))
        .run(command, arguments);
  }

  @Test
  void whatCannotBeWrittenIsAnError() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    int code =
        new Console("tyer", new PrintWriter(full), new PrintWriter(err, true))
            .run(new Told("tyer x"));
    assertThat(code).isEqualTo(Exit.INTERNAL.code());
    assertThat(err.toString()).contains("could not be written");
  }

  @Test
  void theFirstArgumentsNameTheCommand() {
    assertThat(run()).isEqualTo(1);
    assertThat(run("y", "z", "y")).isEqualTo(1);
    assertThat(out).hasToString("tyer x []\ntyer x y z [y]\n");
    assertThat(run("z")).isEqualTo(64);
    assertThat(err)
        .hasToString("tyer: there is no command 'z'; 'tyer x --help' shows what there is\n");
  }

  @Test
  void everyCommandHasHelpAndVersion() {
    assertThat(run("y", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: tyer x y\nDoes it.\n");
    out.getBuffer().setLength(0);
    assertThat(run("y", "-V")).isZero();
    assertThat(out).hasToString(Version.line());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatGoesWrongIsOneLineWithoutPasswordsAndACode() {
    thrown = Refusal.usage("not redis://me:hunter2@host");
    assertThat(run()).isEqualTo(64);
    thrown = new StoreUnreachableException("\u001b[2Jgone", null);
    assertThat(run()).isEqualTo(69);
    thrown = new IllegalStateException("odd redis://me:hunter2@host");
    assertThat(run()).isEqualTo(70);
    assertThat(err.toString())
        .startsWith("tyer: not redis://me:***@host\ntyer: \\u001b[2Jgone\ntyer: internal error: ")
        .contains("TYER_DEBUG=1 shows")
        .doesNotContain("hunter2");
  }
}
