package io.tyer.command;

import org.apache.commons.cli.Option;

/** A command's help: its usage, what it does, and a column of explanations beside its options. */
final class HelpText {

  private static final int WIDTH = 100;
  private static final int COLUMN = 29;
  private static final int FURTHER = 2;
  private static final int CODE = 3;
  private static final int CODES = 7;

  private final StringBuilder text = new StringBuilder();

  static String of(Syntax syntax) {
    HelpText help = new HelpText();
    help.text.append("Usage: ").append(syntax.synopsis()).append('\n');
    help.wrap(syntax.description(), 0, 0);
    help.text.append('\n');
    if (!syntax.commands().isEmpty()) {
      for (Syntax.Entry command : syntax.commands()) {
        help.entry("  " + command.label(), command.description());
      }
      help.text.append('\n');
    }
    for (Syntax.Entry argument : syntax.arguments()) {
      help.entry("      " + argument.label(), argument.description());
    }
    for (Option option : syntax.options().getOptions()) {
      help.entry(names(option), option.getDescription());
    }
    for (String paragraph : syntax.footer()) {
      help.text.append('\n');
      help.wrap(paragraph, 0, 0);
    }
    if (syntax.tellsExitCodes()) {
      help.text.append('\n');
      help.exitCodes();
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

  private void exitCodes() {
    text.append("Exit codes:\n");
    for (Exit exit : Exit.values()) {
      code(String.valueOf(exit.code()), exit.meaning());
    }
    code("129, 130, 143", "run: HUP, INT, TERM came while waiting for the lock");
    code("128+N", "run: the command was ended by signal N");
  }

  private void code(String code, String meaning) {
    text.append("  ")
        .append(" ".repeat(Math.max(0, CODE - code.length())))
        .append(code)
        .append("  ");
    wrap(meaning, CODES, 0);
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
