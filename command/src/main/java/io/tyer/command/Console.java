package io.tyer.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a program that is one command, or several, writes what it has to say: results to the one
 * stream, messages of one line to the other.
 */
public final class Console {

  static final String HELP = "help";
  static final String VERSION = "version";

  private final String name;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * Messages begin with a name.
   *
   * @param name the program's, such as {@code tyer}
   */
  public Console(String name, PrintWriter out, PrintWriter err) {
    this.name = name;
    this.out = out;
    this.err = err;
  }

  /** The process's own streams, in UTF-8 whatever the locale. */
  public static Console standard(String name) {
    return new Console(name, writer(FileDescriptor.out), writer(FileDescriptor.err));
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new BufferedOutputStream(new FileOutputStream(stream)), false, StandardCharsets.UTF_8);
  }

  /** The program from its arguments to its exit code. */
  public static int main(String name, Command command, String[] args) {
    return standard(name).run(command, RawArguments.decode(args));
  }

  /** Does what the arguments say, tells what went wrong, and returns the exit code. */
  public int run(Command command, String... args) {
    try {
      return perform(command, args).code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Failure.report(e, this::tell, System.getenv()).code();
    } catch (Exception | Error e) {
      return Failure.report(e, this::tell, System.getenv()).code();
    }
  }

  private Exit perform(Command command, String... args) throws Exception {
    if (!command.commands().isEmpty() && args.length > 0 && !args[0].startsWith("-")) {
      return perform(below(command, args[0]), Arrays.copyOfRange(args, 1, args.length));
    }
    Parsed parsed = command.syntax().parse(args);
    if (parsed.has(HELP)) {
      print(command.syntax().help());
      return Exit.OK;
    }
    if (parsed.has(VERSION)) {
      print(Version.line());
      return Exit.OK;
    }
    return command.run(parsed, this);
  }

  private static Command below(Command command, String name) {
    for (Command below : command.commands()) {
      if (below.syntax().name().endsWith(" " + name)) {
        return below;
      }
    }
    throw command.syntax().wrong("there is no command '" + name + "'");
  }

  /** Where results go, for what writes there by itself. */
  public PrintWriter out() {
    return out;
  }

  /**
   * Writes a text to standard output, as it is.
   *
   * @throws Refusal if it could not be written: a file that it goes to is not what it seems
   */
  public void print(String text) {
    out.print(text);
    if (out.checkError()) {
      throw new Refusal(Exit.INTERNAL, "what it prints could not be written", null);
    }
  }

  /** Writes a line for people, who read it apart from what is printed. */
  public void tell(String message) {
    err.println(name + ": " + Printable.text(message, true));
    err.flush();
  }
}
