package io.tyer.cli;

import io.tyer.DurationText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/** What a command was given. */
final class Parsed {

  private final Map<String, @Nullable String> options = new HashMap<>();
  private final List<String> arguments;

  /** Of options that are each given once. */
  Parsed(CommandLine line) {
    for (Option option : line.getOptions()) {
      options.put(option.getLongOpt(), option.getValue());
    }
    arguments = line.getArgList();
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  /** Null if it is not given. */
  @Nullable String text(String option) {
    return options.get(option);
  }

  /** A duration of zero or more, null if it is not given. */
  @Nullable Duration duration(String option) {
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
  List<String> arguments() {
    return arguments;
  }
}
