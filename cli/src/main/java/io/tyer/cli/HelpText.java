package io.tyer.cli;

import org.apache.commons.cli.Option;

/** A command's help: its usage, what it does, and a column of explanations beside its options. */
final class HelpText {

  private static final int WIDTH = 100;
  private static final int COLUMN = 29;
  private static final int FURTHER = 2;

  private final StringBuilder text = new StringBuilder();

  /** Help of a command, with these paragraphs below. */
  static String of(Syntax syntax, String... footer) {
    HelpText help = new HelpText();
    help.text.append("Usage: ").append(syntax.synopsis()).append('\n');
    help.wrap(syntax.description(), 0, 0);
    help.text.append('\n');
    for (Syntax.Argument argument : syntax.arguments()) {
      help.entry("      " + argument.label(), argument.description());
    }
    for (Option option : syntax.options().getOptions()) {
      help.entry(names(option), option.getDescription());
    }
    for (String paragraph : footer) {
      help.text.append('\n');
      help.wrap(paragraph, 0, 0);
    }
    return help.text.toString();
  }

  private static String names(Option option) {
    String letter = option.getOpt() == null ? "      " : "  -" + option.getOpt() + ", ";
    String label = option.getArgName();
    String value = label == null ? "" : "=" + label;
    return letter
        + "--"
        + option.getLongOpt()
        + (option.hasOptionalArg() ? "[" + value + "]" : value);
  }

  private void entry(String names, String explanation) {
    text.append(names);
    int used = names.length();
    if (used > COLUMN - 2) {
      text.append('\n');
      used = 0;
    }
    text.append(" ".repeat(COLUMN - used));
    wrap(explanation, COLUMN, FURTHER);
  }

  /** Writes paragraphs whose further lines are indented; the first line's indent stands already. */
  private void wrap(String paragraphs, int indent, int further) {
    String between = "";
    for (String paragraph : paragraphs.split("\n", -1)) {
      text.append(between);
      wrapOne(paragraph, indent, further);
      between = "\n" + " ".repeat(indent);
    }
    text.append('\n');
  }

  private void wrapOne(String paragraph, int indent, int further) {
    if (paragraph.startsWith(" ")) {
      text.append(paragraph); // laid out already
      return;
    }
    int column = indent;
    for (String word : paragraph.split(" ", -1)) {
      if (column > indent && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(indent + further));
        column = indent + further;
      } else if (column > indent) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
  }
}
