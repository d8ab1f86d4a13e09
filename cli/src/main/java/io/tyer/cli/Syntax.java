package io.tyer.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * What a command can be given, and what help says of it. Declared by hand and small: it is made
 * anew at every start.
 */
final class Syntax {

  private final String name;
  private final String synopsis;
  private final String description;
  private final Options options = new Options();
  private final List<Argument> arguments = new ArrayList<>();
  private boolean endsAtArgument;

  /** An argument that is no option, as help shows it. */
  record Argument(String label, String description) {}

  /**
   * A command without options yet.
   *
   * @param name as in {@code tyer NAME}
   * @param synopsis what stands behind the name
   */
  Syntax(String name, String synopsis, String description) {
    this.name = name;
    this.synopsis = synopsis;
    this.description = description;
  }

  Syntax flag(String option, String text) {
    options.addOption(Option.builder().longOpt(option).desc(text).get());
    return this;
  }

  Syntax flag(String letter, String option, String text) {
    options.addOption(Option.builder(letter).longOpt(option).desc(text).get());
    return this;
  }

  Syntax value(String option, String label, String text) {
    options.addOption(Option.builder().longOpt(option).hasArg().argName(label).desc(text).get());
    return this;
  }

  /** A flag that may be given a value behind {@code =}. */
  Syntax optionalValue(String option, String label, String text) {
    options.addOption(
        Option.builder()
            .longOpt(option)
            .hasArg()
            .optionalArg(true)
            .argName(label)
            .desc(text)
            .get());
    return this;
  }

  Syntax argument(String label, String text) {
    arguments.add(new Argument(label, text));
    return this;
  }

  /** What comes behind the first argument is not ours to read. */
  Syntax endingAtArgument() {
    endsAtArgument = true;
    return this;
  }

  /** The options of every command that reaches for a store. */
  Syntax withStore() {
    return value(
            StoreOptions.STORE,
            "URI",
            "Where the locks are kept, as in file:/var/lib/tyer; default: $TYER_STORE, else a file"
                + " store in the user's state directory")
        .value(
            StoreOptions.PASSWORD_FILE,
            "FILE",
            "A file whose first line is the store's password; default: $TYER_PASSWORD")
        .withHelp();
  }

  Syntax withHelp() {
    return flag("h", "help", "Show this help");
  }

  String name() {
    return name;
  }

  String synopsis() {
    return "tyer " + name + " " + synopsis;
  }

  String description() {
    return description;
  }

  Options options() {
    return options;
  }

  List<Argument> arguments() {
    return arguments;
  }

  boolean endsAtArgument() {
    return endsAtArgument;
  }
}
