package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.ServerSyntax;
import io.tyer.command.Syntax;
import java.util.List;

/** {@code tyer server}, and what it can be told. */
final class ServerCommand implements Command {

  /** Where members listen for clients unless told otherwise. */
  static final int PORT = 7878;

  @Override
  public Syntax syntax() {
    return ServerSyntax.server();
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new StatusCommand(),
        new AddCommand(),
        new NamedMemberCommand.Remove(),
        new NamedMemberCommand.Transfer(),
        new TokenCommand());
  }

  @Override
  public Exit run(Parsed parsed, Console console) throws Exception {
    parsed.requireNoArgument();
    return new StartCommand(StartOptions.of(parsed), console).run();
  }
}
