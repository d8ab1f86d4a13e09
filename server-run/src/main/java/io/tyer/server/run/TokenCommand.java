package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import java.util.List;

/** {@code tyer token}: who may do what on a server that was started with an operator's token. */
final class TokenCommand implements Command {

  @Override
  public Syntax syntax() {
    return TokenSyntax.token();
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new TokenCreation(),
        new TokenListing.Shown(),
        new TokenListing.Exported(),
        new TokenRevocation(),
        new TokenImport(),
        new TokenOfOperator());
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    throw Refusal.usage(
        "say what to do: create, list, revoke, export, import or operator ('tyer token --help')");
  }
}
