package io.tyer.command;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Parses, and says in our words what is wrong. Nothing of what is given is expanded or cut. */
final class Parsing {

  private Parsing() {}

  static Parsed parse(Syntax syntax, String[] args) {
    try {
      DefaultParser parser =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get();
      CommandLine line =
          parser.parse(syntax.options(), withEquals(syntax, args), syntax.endsAtArgument());
      requireKnown(syntax, line.getArgList(), args);
      return new Parsed(syntax, line);
    } catch (UnrecognizedOptionException e) {
      throw wrong(syntax, unknown(syntax, e.getOption()), e);
    } catch (MissingArgumentException e) {
      Option option = e.getOption();
      throw wrong(syntax, "--" + option.getLongOpt() + " needs a value: " + option.getArgName(), e);
    } catch (ParseException e) {
      throw wrong(syntax, String.valueOf(e.getMessage()), e);
    }
  }

  /** A value that may be left out stands behind {@code =} only, and never is the next argument. */
  private static String[] withEquals(Syntax syntax, String[] args) {
    String[] result = args.clone();
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      Option option = args[i].startsWith("--") ? syntax.options().getOption(args[i]) : null;
      if (option != null && option.hasOptionalArg()) {
        result[i] = args[i] + "=";
      }
    }
    return result;
  }

  /** A parser that ends at the first argument takes an option that it does not know for one. */
  private static void requireKnown(Syntax syntax, List<String> arguments, String[] args)
      throws UnrecognizedOptionException {
    if (!syntax.endsAtArgument() || arguments.isEmpty() || !arguments.get(0).startsWith("-")) {
      return;
    }
    int before = args.length - arguments.size() - 1;
    if (before < 0 || !args[before].equals("--")) {
      throw new UnrecognizedOptionException("unknown", arguments.get(0));
    }
  }

  private static Refusal wrong(Syntax syntax, String message, Exception cause) {
    return new Refusal(Exit.USAGE, message + syntax.seeHelp(), cause);
  }

  private static String unknown(Syntax syntax, String given) {
    int equals = given.indexOf('=');
    String option = equals < 0 ? given : given.substring(0, equals);
    if (equals >= 0 && option.startsWith("--") && syntax.options().hasLongOption(option)) {
      return option + " takes no value";
    }
    String similar = Similar.to(option, syntax.options());
    return "there is no option " + option + (similar.isEmpty() ? "" : " (is it " + similar + "?)");
  }
}
