package io.tyer.cli;

import io.tyer.DurationText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the commands' options have in common. They are declared by hand, not by annotations, which
 * would have to be looked for by reflection at every start.
 */
final class Syntax {

  private static final String STORE = "--store";
  private static final String PASSWORD_FILE = "--password-file";

  private Syntax() {}

  /** A command without options yet. */
  static CommandSpec command(String name, String synopsis, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().customSynopsis(synopsis).description(description).width(100);
    spec.usageMessage().sortOptions(false);
    return spec;
  }

  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** All arguments that are no options. */
  static PositionalParamSpec arguments(String label, String description) {
    return PositionalParamSpec.builder()
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .hideParamSyntax(true)
        .description(description)
        .build();
  }

  /** The options that every command has. */
  static void addCommon(CommandSpec spec) {
    spec.addOption(
        value(
            STORE,
            "URI",
            "Where the locks are kept, as in file:/var/lib/tyer; default: $$TYER_STORE, else"
                + " a file store in the user's state directory"));
    spec.addOption(
        value(
            PASSWORD_FILE,
            "FILE",
            "A file whose first line is the store's password; default: $$TYER_PASSWORD"));
    spec.addOption(flag("Show this help", "-h", "--help"));
  }

  static StoreOptions store(ParseResult parsed) {
    return new StoreOptions(text(parsed, STORE), text(parsed, PASSWORD_FILE));
  }

  /** The parser: nothing of what is given is expanded, cut or split. */
  static CommandLine parser(CommandSpec spec) {
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setTrimQuotes(false);
  }

  static boolean has(ParseResult parsed, String option) {
    return parsed.hasMatchedOption(option);
  }

  static @Nullable String text(ParseResult parsed, String option) {
    return parsed.matchedOptionValue(option, (String) null);
  }

  /** A duration of zero or more, null if it is not given. */
  static @Nullable Duration duration(ParseResult parsed, String option) {
    String text = text(parsed, option);
    if (text == null) {
      return null;
    }
    Duration duration;
    try {
      duration = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(option + ": ", e);
    }
    if (duration.isNegative()) {
      throw Refusal.usage(option + " must not be negative: '" + text + "'");
    }
    return duration;
  }

  static List<String> positionals(ParseResult parsed) {
    return parsed.matchedPositionals().isEmpty()
        ? List.of()
        : parsed.matchedPositional(0).getValue();
  }
}
