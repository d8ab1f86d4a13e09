package io.tyer.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * What a command can be given, and what help says of it. Declared by hand and small: it is made
 * anew at every start.
 */
public final class Syntax {

  private final String name;
  private final String synopsis;
  private final String description;
  private final Options options = new Options();
  private final Set<String> repeatable = new HashSet<>();
  private final List<Entry> arguments = new ArrayList<>();
  private final List<Entry> commands = new ArrayList<>();
  private final List<String> footer = new ArrayList<>();
  private boolean endsAtArgument;
  private boolean tellsExitCodes;

  /** Something that is no option, as help shows it. */
  record Entry(String label, String description) {}

  /**
   * A command without options yet.
   *
   * @param name as it is typed, such as {@code tyer run}
   * @param synopsis what stands behind the name
   * @param description what it does, in sentences; the first one also stands where commands are
   *     listed
   */
  public Syntax(String name, String synopsis, String description) {
    this.name = name;
    this.synopsis = synopsis;
    this.description = description;
  }

  /** An option that takes no value. */
  public Syntax flag(String option, String text) {
    return add(Option.builder().longOpt(option), text);
  }

  /** An option that takes no value, and can be written as one letter, too. */
  public Syntax flag(String letter, String option, String text) {
    return add(Option.builder(letter).longOpt(option), text);
  }

  /** An option that takes a value, and is given at most once. */
  public Syntax value(String option, String label, String text) {
    return add(Option.builder().longOpt(option).hasArg().argName(label), text);
  }

  /** An option that takes a value, and can be given several times. */
  public Syntax values(String option, String label, String text) {
    repeatable.add(option);
    return value(option, label, text);
  }

  /** A flag that may be given a value behind {@code =}. */
  public Syntax optionalValue(String option, String label, String text) {
    return add(Option.builder().longOpt(option).hasArg().optionalArg(true).argName(label), text);
  }

  private Syntax add(Option.Builder option, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an option of " + name + " is not described");
    }
    options.addOption(option.desc(text).get());
    return this;
  }

  /** Something that is no option. */
  public Syntax argument(String label, String text) {
    arguments.add(new Entry(label, text));
    return this;
  }

  /** A command below this one, for help; it says the first sentence of that one's description. */
  public Syntax command(Syntax below) {
    int end = below.description.indexOf(". ");
    String first = end < 0 ? below.description : below.description.substring(0, end + 1);
    return command(below.name.substring(name.length() + 1), first);
  }

  /** A command below this one, for help. */
  public Syntax command(String label, String text) {
    commands.add(new Entry(label, text));
    return this;
  }

  /** Paragraphs of help below the options. */
  public Syntax footer(String... paragraphs) {
    footer.addAll(List.of(paragraphs));
    return this;
  }

  /** Has help end with the table of exit codes. */
  public Syntax withExitCodes() {
    tellsExitCodes = true;
    return this;
  }

  /** What comes behind the first argument is not ours to read. */
  public Syntax endingAtArgument() {
    endsAtArgument = true;
    return this;
  }

  /** The options of every command. */
  public Syntax withHelp() {
    return flag("h", Console.HELP, "Show this help")
        .flag("V", Console.VERSION, "Show version and commit");
  }

  /**
   * Reads arguments.
   *
   * @throws Refusal if they are not such as this says
   */
  public Parsed parse(String... args) {
    return Parsing.parse(this, args);
  }

  /** What {@code --help} prints. */
  public String help() {
    return HelpText.of(this);
  }

  /** A refusal that ends by where to look. */
  public Refusal wrong(String message) {
    return new Refusal(Exit.USAGE, message + seeHelp(), null);
  }

  String seeHelp() {
    return "; '" + name + " --help' shows what there is";
  }

  /** As it is typed. */
  public String name() {
    return name;
  }

  /** The names of all options, in order, without dashes. */
  public List<String> optionNames() {
    return options.getOptions().stream().map(Option::getLongOpt).toList();
  }

  /** The names of those options that take the next word. */
  public List<String> valueNames() {
    return options.getOptions().stream()
        .filter(option -> option.hasArg() && !option.hasOptionalArg())
        .map(Option::getLongOpt)
        .toList();
  }

  String synopsis() {
    return synopsis.isEmpty() ? name : name + " " + synopsis;
  }

  String description() {
    return description;
  }

  Options options() {
    return options;
  }

  boolean isRepeatable(String option) {
    return repeatable.contains(option);
  }

  List<Entry> arguments() {
    return arguments;
  }

  List<Entry> commands() {
    return commands;
  }

  List<String> footer() {
    return footer;
  }

  boolean endsAtArgument() {
    return endsAtArgument;
  }

  boolean tellsExitCodes() {
    return tellsExitCodes;
  }
}
