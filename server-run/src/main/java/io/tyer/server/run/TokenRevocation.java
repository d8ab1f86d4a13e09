package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import io.tyer.protocol.v1.RevokeTokenRequest;

/** {@code tyer token revoke}. */
final class TokenRevocation implements Command {

  @Override
  public Syntax syntax() {
    return TokenSyntax.revoke();
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    String id = parsed.argument("ID");
    RevokeTokenRequest request = RevokeTokenRequest.newBuilder().setId(id).build();
    Leader leader = new Leader(Connecting.of(parsed));
    if (!leader.askOfTokens(tokens -> tokens.revoke(request)).getFound()) {
      console.tell("there is no token " + id);
      return Exit.NEGATIVE;
    }
    console.print("token " + id + " counts no more" + System.lineSeparator());
    return Exit.OK;
  }
}
