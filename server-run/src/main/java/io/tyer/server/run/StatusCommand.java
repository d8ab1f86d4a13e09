package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.ServerSyntax;
import io.tyer.command.Syntax;

/** {@code tyer server status}. */
final class StatusCommand implements Command {

  @Override
  public Syntax syntax() {
    return ServerSyntax.status();
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    parsed.requireNoArgument();
    GroupView group = new Group(Connecting.of(parsed)).view();
    console.print(parsed.has("json") ? StatusJson.of(group) : StatusText.of(group));
    return Exit.OK;
  }
}
