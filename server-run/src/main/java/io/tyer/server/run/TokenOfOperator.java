package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import io.tyer.server.access.BearerToken;
import java.security.SecureRandom;

/** {@code tyer token operator}. */
final class TokenOfOperator implements Command {

  @Override
  public Syntax syntax() {
    return TokenSyntax.operator();
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    parsed.requireNoArgument();
    console.print(
        BearerToken.randomOfOperator(new SecureRandom()).reveal() + System.lineSeparator());
    return Exit.OK;
  }
}
