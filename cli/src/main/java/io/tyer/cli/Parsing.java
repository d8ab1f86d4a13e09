package io.tyer.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses, and says in our words what is wrong. */
final class Parsing {

  private Parsing() {}

  static ParseResult parse(CommandLine parser, String[] args) {
    try {
      return parser.parseArgs(args);
    } catch (ParameterException e) {
      String help = "; '" + parser.getCommandName() + " --help' shows what there is";
      throw new Refusal(Exit.USAGE, message(e) + help, e);
    }
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    if (e instanceof OverwrittenOptionException twice
        && twice.getOverwritten() instanceof OptionSpec option) {
      return option.longestName() + " is given twice";
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      if (missing.getMissing().get(0) instanceof OptionSpec option) {
        return option.longestName() + " needs a value: " + option.paramLabel();
      }
    }
    String message = e.getMessage();
    return message == null ? "the arguments cannot be understood" : message;
  }

  private static String unknown(UnmatchedArgumentException e) {
    List<String> unmatched = e.getUnmatched();
    for (String argument : unmatched) {
      if (argument.startsWith("-")) {
        int equals = argument.indexOf('=');
        String option = equals < 0 ? argument : argument.substring(0, equals);
        List<String> suggestions = e.getSuggestions();
        return "there is no option "
            + option
            + (suggestions.isEmpty() ? "" : " (is it " + suggestions.get(0) + "?)");
      }
    }
    return unmatched.isEmpty() ? "an argument is too much" : unmatched.get(0) + " is too much";
  }
}
