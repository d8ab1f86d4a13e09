package io.tyer.server.run;

import io.grpc.StatusRuntimeException;
import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import io.tyer.protocol.v1.RestoreTokenRequest;
import io.tyer.protocol.v1.TokenView;
import io.tyer.protocol.v1.TokensGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tyer token import}. */
final class TokenImport implements Command {

  @Override
  public Syntax syntax() {
    return TokenSyntax.importAll();
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    Path file = Path.of(parsed.argument("FILE"));
    List<TokenView> all = TokensBackup.read(file);
    List<String> refused =
        new Leader(Connecting.of(parsed)).askOfTokens(tokens -> restore(tokens, all));
    refused.forEach(console::tell);
    console.print(
        String.format(
            "%d of the %d tokens of %s count here%n",
            all.size() - refused.size(), all.size(), file));
    return refused.isEmpty() ? Exit.OK : Exit.NEGATIVE;
  }

  /** Why some were refused. */
  private static List<String> restore(
      TokensGrpc.TokensBlockingStub tokens, List<TokenView> backup) {
    List<String> refused = new ArrayList<>();
    for (TokenView token : backup) {
      try {
        var unused =
            Leader.inTime(tokens).restore(RestoreTokenRequest.newBuilder().setToken(token).build());
      } catch (StatusRuntimeException e) {
        switch (e.getStatus().getCode()) {
          case INVALID_ARGUMENT, FAILED_PRECONDITION ->
              refused.add("token " + token.getId() + ": " + e.getStatus().getDescription());
          default -> throw e;
        }
      }
    }
    return refused;
  }
}
