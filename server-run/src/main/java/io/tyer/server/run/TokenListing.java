package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import io.tyer.protocol.v1.ListTokensReply;
import io.tyer.protocol.v1.ListTokensRequest;
import io.tyer.protocol.v1.TokenView;
import java.util.ArrayList;
import java.util.List;

/** Prints all tokens, page by page from the leader. */
abstract class TokenListing implements Command {

  private final boolean withHashes;

  private TokenListing(boolean withHashes) {
    this.withHashes = withHashes;
  }

  abstract String text(List<TokenView> tokens);

  @Override
  public final Exit run(Parsed parsed, Console console) {
    parsed.requireNoArgument();
    console.print(text(all(Connecting.of(parsed))));
    return Exit.OK;
  }

  private List<TokenView> all(Connecting connecting) {
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

  /** {@code tyer token list}: for people. */
  static final class Shown extends TokenListing {
    Shown() {
      super(false);
    }

    @Override
    public Syntax syntax() {
      return TokenSyntax.list();
    }

    @Override
    String text(List<TokenView> tokens) {
      return TokensText.of(tokens);
    }
  }

  /** {@code tyer token export}: for {@link TokenImport}. */
  static final class Exported extends TokenListing {
    Exported() {
      super(true);
    }

    @Override
    public Syntax syntax() {
      return TokenSyntax.exportAll();
    }

    @Override
    String text(List<TokenView> tokens) {
      return TokensBackup.text(tokens);
    }
  }
}
