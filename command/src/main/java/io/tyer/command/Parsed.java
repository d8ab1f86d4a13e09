package io.tyer.command;

import io.tyer.DurationText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/** What a command was given. Whatever is asked for and is wrong is a {@link Refusal}. */
public final class Parsed {

  private final Syntax syntax;
  private final Map<String, List<@Nullable String>> options = new HashMap<>();
  private final List<String> arguments;

  Parsed(Syntax syntax, CommandLine line) {
    this.syntax = syntax;
    for (Option option : line.getOptions()) {
      String name = option.getLongOpt();
      List<@Nullable String> values = options.get(name);
      if (values == null) {
        values = new ArrayList<>(1);
        options.put(name, values);
      } else if (!syntax.isRepeatable(name)) {
        throw Refusal.usage("--" + name + " is given twice");
      }
      values.add(option.getValue());
    }
    arguments = line.getArgList();
  }

  /** Whether it is given. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** Null if it is not given. */
  public @Nullable String text(String option) {
    List<@Nullable String> values = options.get(option);
    return values == null ? null : values.get(0);
  }

  /** This one if it is not given. */
  public String text(String option, String otherwise) {
    String text = text(option);
    return text == null ? otherwise : text;
  }

  /** What an option has to be given. */
  public String required(String option) {
    String text = text(option);
    if (text == null) {
      String label = syntax.options().getOption("--" + option).getArgName();
      throw syntax.wrong("--" + option + " is needed: " + label);
    }
    return text;
  }

  /** All that an option is given; empty if it is not. */
  public List<String> texts(String option) {
    List<String> texts = new ArrayList<>();
    for (String text : options.getOrDefault(option, List.of())) {
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Null if it is not given. */
  public @Nullable Path path(String option) {
    String text = text(option);
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw Refusal.usage("--" + option + " is no name of a file: ", e);
    }
  }

  /** A whole number, this one if it is not given. */
  public int number(String option, int otherwise) {
    String text = text(option);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Refusal(
          Exit.USAGE,
          "--" + option + " is a whole number, not '" + text + "'" + syntax.seeHelp(),
          e);
    }
  }

  /** A duration of zero or more, null if it is not given. */
  public @Nullable Duration duration(String option) {
    String text = text(option);
    if (text == null) {
      return null;
    }
    Duration duration;
    try {
      duration = DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("--" + option + ": ", e);
    }
    if (duration.isNegative()) {
      throw Refusal.usage("--" + option + " must not be negative: '" + text + "'");
    }
    return duration;
  }

  /** What is no option. */
  public List<String> arguments() {
    return arguments;
  }

  /**
   * The one argument that there is to be.
   *
   * @param label what it is, as in {@code ID}
   */
  public String argument(String label) {
    if (arguments.isEmpty()) {
      throw syntax.wrong(label + " is needed");
    }
    if (arguments.size() > 1) {
      throw tooMuch(arguments.get(1));
    }
    return arguments.get(0);
  }

  /** Refuses arguments. */
  public void requireNoArgument() {
    if (!arguments.isEmpty()) {
      throw tooMuch(arguments.get(0));
    }
  }

  private Refusal tooMuch(String argument) {
    return syntax.wrong("'" + argument + "' is too much");
  }
}
