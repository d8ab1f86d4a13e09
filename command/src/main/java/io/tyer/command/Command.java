package io.tyer.command;

import java.util.List;

/** A command: what it can be given, and what it does. */
public interface Command {

  /** What it can be given. */
  Syntax syntax();

  /** Commands below it, which the first argument names. */
  default List<Command> commands() {
    return List.of();
  }

  /**
   * Does what it was told.
   *
   * @throws Refusal if it cannot be done, with the reason
   * @throws Exception for what nobody foresaw
   */
  Exit run(Parsed parsed, Console console) throws Exception;
}
