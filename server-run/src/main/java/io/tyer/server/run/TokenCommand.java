package io.tyer.server.run;

import io.grpc.StatusRuntimeException;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.ListTokensReply;
import io.tyer.protocol.v1.ListTokensRequest;
import io.tyer.protocol.v1.Quotas;
import io.tyer.protocol.v1.RestoreTokenRequest;
import io.tyer.protocol.v1.RevokeTokenRequest;
import io.tyer.protocol.v1.TokenView;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.access.BearerToken;
import io.tyer.server.access.Grant;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tyer token}: who may do what on a server that was started with an operator's token. */
@Command(
    name = "token",
    description = {
      "Makes, lists, revokes and backs up access tokens. They show themselves by --token-file, or by TYER_ACCESS_TOKEN",
      "in the environment: never on a command line, which others can read."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TokenCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new Refusal(
        "say what to do: create, list, revoke, export, import or operator ('tyer token --help')");
  }

  @Command(
      description = {
        "Makes a token, and prints it: it is shown this once, and kept by the server as a hash only."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int create(
      @Mixin Connecting connecting,
      @Option(
              names = "--grant",
              required = true,
              paramLabel = "RIGHT[,RIGHT][:PREFIX]",
              description =
                  "What it may do, with all locks or with those whose names begin so:"
                      + " acquire,read:orders/. The rights are acquire, read, force and admin. Can"
                      + " be given several times.")
          List<String> grants,
      @Option(
              names = "--label",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "For people.")
          String label,
      @Option(
              names = "--expires-in",
              paramLabel = "TIME",
              defaultValue = "",
              description = "How long it counts, such as 90d, 12h or 30m; for ever by default.")
          String lifetime,
      @Option(
              names = "--sessions",
              paramLabel = "COUNT",
              defaultValue = "1000",
              description =
                  "How many sessions it may have at once; ${DEFAULT-VALUE} by default, 0 for any"
                      + " number.")
          int sessions,
      @Option(
              names = "--tickets",
              paramLabel = "COUNT",
              defaultValue = "0",
              description = "How many locks it may hold or wait for at once.")
          int tickets,
      @Option(
              names = "--waiting",
              paramLabel = "COUNT",
              defaultValue = "0",
              description = "How many of these may wait.")
          int waiting,
      @Option(
              names = "--rate",
              paramLabel = "COUNT",
              defaultValue = "0",
              description = "How many requests a second it may make.")
          int rate) {
    CreateTokenRequest.Builder request =
        CreateTokenRequest.newBuilder()
            .setLabel(label)
            .setLifetimeMillis(lifetime.isEmpty() ? 0 : Times.parse("--expires-in", lifetime));
    try {
      grants.forEach(grant -> request.addGrants(Grant.parse(grant).toString()));
      io.tyer.server.access.Quotas unused =
          new io.tyer.server.access.Quotas(sessions, tickets, waiting, rate);
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
    request.setQuotas(
        Quotas.newBuilder()
            .setSessions(sessions)
            .setTickets(tickets)
            .setWaiting(waiting)
            .setRequestsPerSecond(rate));
    CreateTokenReply reply =
        new Leader(connecting).askOfTokens(tokens -> tokens.create(request.build()));
    PrintWriter err = line().err();
    err.println("tyer: token " + reply.getId() + " is made, and shown this once:");
    err.flush();
    line().say(reply.getToken() + System.lineSeparator());
    return Exit.DONE;
  }

  @Command(
      description = "Lists all tokens, without their secrets.",
      mixinStandardHelpOptions = true)
  int list(@Mixin Connecting connecting) {
    line().say(TokensText.of(all(connecting, false)));
    return Exit.DONE;
  }

  private static List<TokenView> all(Connecting connecting, boolean withHashes) {
    List<TokenView> all = new ArrayList<>();
    return new Leader(connecting)
        .askOfTokens(
            tokens -> {
              ListTokensRequest.Builder request =
                  ListTokensRequest.newBuilder().setWithHashes(withHashes);
              ListTokensReply page = Leader.inTime(tokens).list(request.build());
              all.addAll(page.getTokensList());
              while (page.getMore()) {
                String last = all.get(all.size() - 1).getId();
                page = Leader.inTime(tokens).list(request.setAfter(last).build());
                all.addAll(page.getTokensList());
              }
              return all;
            });
  }

  @Command(
      name = "export",
      description = {
        "Prints all tokens with the hashes of their secrets, for a backup: 'tyer token import' has them",
        "count in a group that takes the place of this one."
      },
      mixinStandardHelpOptions = true)
  int exportAll(@Mixin Connecting connecting) {
    line().say(TokensBackup.text(all(connecting, true)));
    return Exit.DONE;
  }

  @Command(
      name = "import",
      description = {
        "Has the tokens of a backup count here as they did where it was made: those, too, that were",
        "revoked since, which are to be revoked again."
      },
      mixinStandardHelpOptions = true)
  int importAll(
      @Mixin Connecting connecting,
      @Parameters(paramLabel = "FILE", description = "What 'tyer token export' has printed.")
          Path file) {
    List<TokenView> all = TokensBackup.read(file);
    List<String> refused = new Leader(connecting).askOfTokens(tokens -> restore(tokens, all));
    refused.forEach(line().err()::println);
    line().err().flush();
    line()
        .say(
            String.format(
                "%d of the %d tokens of %s count here%n",
                all.size() - refused.size(), all.size(), file));
    return refused.isEmpty() ? Exit.DONE : Exit.FAILED;
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
              refused.add("tyer: token " + token.getId() + ": " + e.getStatus().getDescription());
          default -> throw e;
        }
      }
    }
    return refused;
  }

  @Command(
      description = {
        "Has a token count no more. Its sessions end with their time to live; they may give back what",
        "they hold, and take nothing."
      },
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin Connecting connecting,
      @Parameters(paramLabel = "ID", description = "Its id, as 'tyer token list' shows it.")
          String id) {
    RevokeTokenRequest request = RevokeTokenRequest.newBuilder().setId(id).build();
    boolean found = new Leader(connecting).askOfTokens(tokens -> tokens.revoke(request)).getFound();
    if (!found) {
      throw new Refusal("there is no token " + id);
    }
    line().say("token " + id + " counts no more" + System.lineSeparator());
    return Exit.DONE;
  }

  @Command(
      description = {
        "Prints a new operator's token, for the file that all members are started with. It asks no",
        "server."
      },
      mixinStandardHelpOptions = true)
  int operator() {
    line().say(BearerToken.randomOfOperator(new SecureRandom()).reveal() + System.lineSeparator());
    return Exit.DONE;
  }

  private Output line() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command up");
    }
    return new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  /** Where to write. */
  private record Output(PrintWriter out, PrintWriter err) {
    void say(String text) {
      out.print(text);
      out.flush();
    }
  }
}
