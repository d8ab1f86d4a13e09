package io.tyer.command;

/** The options of {@code tyer token}. */
public final class TokenSyntax {

  private TokenSyntax() {}

  /** {@code tyer token} and its commands. */
  public static Syntax token() {
    return new Syntax(
            "tyer token",
            "COMMAND [OPTION...]",
            "Makes, lists, revokes and backs up access tokens. They show themselves by"
                + " --token-file, or by TYER_ACCESS_TOKEN in the environment: never on a command"
                + " line, which others can read.")
        .command(create())
        .command(list())
        .command(revoke())
        .command(exportAll())
        .command(importAll())
        .command(operator())
        .withHelp()
        .withExitCodes();
  }

  /** {@code tyer token create}. */
  public static Syntax create() {
    return ServerSyntax.connecting(
        new Syntax(
                "tyer token create",
                "--grant RIGHT[,RIGHT][:PREFIX] [OPTION...]",
                "Makes a token, and prints it: it is shown this once, and kept by the server as a"
                    + " hash only.")
            .values(
                "grant",
                "RIGHT[,RIGHT][:PREFIX]",
                "What it may do, with all locks or with those whose names begin so:"
                    + " acquire,read:orders/. The rights are acquire, read, force, admin and metrics. Can be"
                    + " given several times")
            .value("label", "TEXT", "For people")
            .value(
                "expires-in",
                "DURATION",
                "How long it counts, such as 90d, 12h or 30m; default: for ever")
            .value(
                "sessions",
                "COUNT",
                "How many sessions it may have at once, 0 for any number; default: 1000")
            .value(
                "tickets",
                "COUNT",
                "How many locks it may hold or wait for at once; default: any number")
            .value("waiting", "COUNT", "How many of these may wait; default: any number")
            .value("rate", "COUNT", "How many requests a second it may make; default: any number")
            .value(
                "bytes",
                "COUNT",
                "How many bytes the names it locks and the labels of its owners may have, all"
                    + " together; default: any number"));
  }

  /** {@code tyer token list}. */
  public static Syntax list() {
    return ServerSyntax.connecting(
        new Syntax("tyer token list", "[OPTION...]", "Lists all tokens, without their secrets."));
  }

  /** {@code tyer token revoke}. */
  public static Syntax revoke() {
    return ServerSyntax.connecting(
        new Syntax(
                "tyer token revoke",
                "[OPTION...] ID",
                "Has a token count no more. Its sessions end with their time to live; they may give"
                    + " back what they hold, and take nothing.")
            .argument("ID", "Its id, as 'tyer token list' shows it"));
  }

  /** {@code tyer token export}. */
  public static Syntax exportAll() {
    return ServerSyntax.connecting(
        new Syntax(
            "tyer token export",
            "[OPTION...]",
            "Prints all tokens with the hashes of their secrets, for a backup. 'tyer token import'"
                + " has them count in a group that takes the place of this one."));
  }

  /** {@code tyer token import}. */
  public static Syntax importAll() {
    return ServerSyntax.connecting(
        new Syntax(
                "tyer token import",
                "[OPTION...] FILE",
                "Has the tokens of a backup count here as they did where it was made. So do those"
                    + " that were revoked since, which are to be revoked again.")
            .argument("FILE", "What 'tyer token export' has printed"));
  }

  /** {@code tyer token operator}. */
  public static Syntax operator() {
    return new Syntax(
            "tyer token operator",
            "",
            "Prints a new operator's token, for the file that all members are started with. It asks"
                + " no server.")
        .withHelp();
  }
}
