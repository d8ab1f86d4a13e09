package io.tyer.command;

/** The options of {@code tyer server}, and of what it can be told. */
public final class ServerSyntax {

  private static final String ENDPOINT = "HOST:PORT";
  private static final String PEM = "PEM";

  private ServerSyntax() {}

  /** With what a member is started. */
  public static Syntax server() {
    return new Syntax(
            "tyer server",
            "[COMMAND] [OPTION...]",
            "Starts a member of the lock server, alone or with peers. The commands tell members"
                + " that run already what to do.")
        .command(status())
        .command(add())
        .command(remove())
        .command(transfer())
        .value("listen", ENDPOINT, "Where clients come in; default: localhost:7878")
        .value(
            "http",
            ENDPOINT,
            "Where clients come in that speak plain HTTP, secured like the others; port 7880 where"
                + " none is named. Without it, they do not")
        .values(
            "http-host",
            "NAME,...",
            "Names by which those clients call it, such as a proxy's; beside localhost, addresses,"
                + " and the names of its certificate, of the members and of --http. '*.' at the"
                + " beginning stands for any one label")
        .value(
            "data",
            "DIR",
            "Where this member, and nobody else, keeps its log; default:"
                + " $XDG_STATE_HOME/tyer/server")
        .flag(
            "dev",
            "With a certificate that it makes itself, for clients on this machine; so it is without"
                + " --tls-cert, too, where it listens on this machine only")
        .flag(
            "plaintext", "Without TLS: whoever uses this machine may come in. On this machine only")
        .value(
            "tls-cert", PEM, "The certificate that clients are shown. Read again when it changes")
        .value("tls-key", PEM, "Its private key")
        .value(
            "client-ca",
            PEM,
            "Clients show certificates that this authority has signed. Needed where the server"
                + " listens beyond this machine and wants no access tokens")
        .value(
            "operator-token",
            "FILE",
            "Clients show access tokens, which whoever shows the token in this file makes by 'tyer"
                + " token create'. The same for all members; 'tyer token operator' prints one")
        .value("id", "ID", "This member's name in its group; default: 1")
        .value("cluster", "NAME", "The group's name, the same for its members; default: tyer")
        .values(
            "peers",
            "ID=HOST:PORT/HOST:PORT[/HOST:PORT],...",
            "Begins a group of these members: where each of them listens for members, and where"
                + " clients find it, also by plain HTTP. The same for all of them, this one among"
                + " them")
        .flag("join", "Waits to be added to a group that runs, by 'tyer server add'")
        .value(
            "peer", ENDPOINT, "Where a member that joins listens for members; default: 127.0.0.1:0")
        .value(
            "advertise",
            ENDPOINT,
            "Where clients find this member, if that is not where it listens")
        .value("peer-tls-cert", PEM, "The certificate that members are shown")
        .value("peer-tls-key", PEM, "Its private key")
        .value("peer-ca", PEM, "Who has signed members' certificates, and nobody else's")
        .flag(
            "insecure-peers",
            "Members talk in plain text and prove nothing: whoever uses this machine can write the"
                + " log. For tests, on this machine only")
        .flag(
            "accept-loss",
            "Goes on with what is left of a log that has lost its end, or has entries that cannot be"
                + " read; for a member that is alone, once")
        .value(
            "connections",
            "COUNT",
            "How many connections clients have at once, all together; default: 10000")
        .value(
            "log-format",
            "FORMAT",
            "How the log is written to the standard error, text or json; json is one object per"
                + " line, in which everything else that is said is said, too; default: text")
        .withHelp()
        .withExitCodes();
  }

  /** {@code tyer server status}. */
  public static Syntax status() {
    return connecting(
        new Syntax(
                "tyer server status",
                "[OPTION...]",
                "Asks all members of the group: which of them leads, and how far each of them is.")
            .flag("json", "Says it as one object of JSON, for programs"));
  }

  /** {@code tyer server add}. */
  public static Syntax add() {
    return connecting(
        new Syntax(
                "tyer server add",
                "--peer HOST:PORT --client HOST:PORT [OPTION...] ID",
                "Lets a member join, which runs already and was started with --join.")
            .argument("ID", "Its name")
            .value("peer", ENDPOINT, "Where it listens for members")
            .value("client", ENDPOINT, "Where it listens for clients")
            .value("http", ENDPOINT, "Where clients find it by plain HTTP, if they do"));
  }

  /** {@code tyer server remove}. */
  public static Syntax remove() {
    return connecting(
        new Syntax(
                "tyer server remove",
                "[OPTION...] ID",
                "Lets a member go; its program may then be stopped, and its data deleted.")
            .argument("ID", "Its name"));
  }

  /** {@code tyer server transfer}. */
  public static Syntax transfer() {
    return connecting(
        new Syntax(
                "tyer server transfer",
                "[OPTION...] ID",
                "Hands the lead over, as before the leader's program is stopped.")
            .argument("ID", "To whom"));
  }

  /** How a command reaches a member. */
  static Syntax connecting(Syntax command) {
    return command
        .value(
            "server",
            ENDPOINT,
            "A member; it names the leader, if it is another; default: localhost:7878")
        .value(
            "tls-ca",
            PEM,
            "Who vouches for members; default: whom Java trusts, and on this machine the"
                + " certificate that a server with your rights has made itself")
        .value(
            "data",
            "DIR",
            "Where that server keeps its log, and the certificate; default:"
                + " $XDG_STATE_HOME/tyer/server")
        .value("tls-cert", PEM, "The certificate to be shown to members")
        .value("tls-key", PEM, "Its private key")
        .value(
            "token-file",
            "FILE",
            "Holds the access token to be shown to members; default: $TYER_ACCESS_TOKEN")
        .flag("plaintext", "Without TLS; only on this machine")
        .withHelp();
  }
}
