package io.tyer.server.run;

import io.tyer.protocol.v1.AddMemberRequest;
import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.RemoveMemberRequest;
import io.tyer.protocol.v1.TransferRequest;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tyer server}, and what it can be told. */
@Command(
    name = "tyer server",
    subcommands = TokenCommand.class,
    description = {
      "Starts a member of the lock server, alone or with peers; the commands tell members that run",
      "already what to do."
    },
    footer = {"", "Exit codes: 0 done, 2 wrong arguments, 3 could not be done."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServerCommand extends StartOptions {

  /** Where members listen for clients unless told otherwise. */
  static final int PORT = 7878;

  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

  @Spec private @Nullable CommandSpec spec;

  /** The command line, with messages that are one line long. */
  static CommandLine line(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new ServerCommand());
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpWidth(100);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    String version = "tyer server " + version();
    line.getCommandSpec().version(version);
    line.getSubcommands().values().forEach(each -> each.getCommandSpec().version(version));
    line.setParameterExceptionHandler(
        (thrown, arguments) -> {
          err.println("tyer: " + thrown.getMessage());
          err.println("tyer: 'tyer server --help' says what there is");
          return Exit.USAGE;
        });
    line.setExecutionExceptionHandler(
        (thrown, command, result) -> {
          boolean told = thrown instanceof Refusal;
          String why = told ? String.valueOf(thrown.getMessage()) : thrown.toString();
          if (command.getCommand() instanceof StartOptions start && start.logsJson()) {
            LOG.error("{}", why);
          } else {
            err.println("tyer: " + why);
          }
          return Exit.FAILED;
        });
    return line;
  }

  private static String version() {
    String version = ServerCommand.class.getPackage().getImplementationVersion();
    return version == null ? "(built from source)" : version;
  }

  private static void say(@Nullable CommandSpec spec, String text) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    }
  }

  @Command(
      description =
          "Asks all members of the group: which of them leads, and how far each of them is.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin Connecting connecting,
      @Option(names = "--json", description = "Says it as one object of JSON, for programs.")
          boolean json) {
    GroupView group = new Group(connecting).view();
    say(spec, json ? StatusJson.of(group) : StatusText.of(group));
    return Exit.DONE;
  }

  @Command(
      description = "Lets a member join, which runs already and was started with --join.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin Connecting connecting,
      @Parameters(paramLabel = "ID", description = "Its name.") String id,
      @Option(
              names = "--peer",
              required = true,
              paramLabel = "HOST:PORT",
              description = "Where it listens for members.")
          String peer,
      @Option(
              names = "--client",
              required = true,
              paramLabel = "HOST:PORT",
              description = "Where it listens for clients.")
          String client,
      @Option(
              names = "--http",
              defaultValue = "",
              paramLabel = "HOST:PORT",
              description = "Where clients find it by plain HTTP, if they do.")
          String http) {
    Member member =
        Member.newBuilder()
            .setId(id)
            .setPeerAddress(HostPort.parse("--peer", peer, PORT + 1).toString())
            .setClientAddress(HostPort.parse("--client", client, PORT).toString())
            .setHttpAddress(http.isEmpty() ? "" : PeerList.http("--http", http))
            .build();
    AddMemberRequest request = AddMemberRequest.newBuilder().setMember(member).build();
    say(spec, StatusText.of(new Leader(connecting).ask(m -> m.add(request)).getMembersList()));
    return Exit.DONE;
  }

  @Command(
      description = "Lets a member go; its program may then be stopped, and its data deleted.",
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin Connecting connecting,
      @Parameters(paramLabel = "ID", description = "Its name.") String id) {
    RemoveMemberRequest request = RemoveMemberRequest.newBuilder().setId(id).build();
    say(spec, StatusText.of(new Leader(connecting).ask(m -> m.remove(request)).getMembersList()));
    return Exit.DONE;
  }

  @Command(
      description = "Hands the lead over, as before the leader's program is stopped.",
      mixinStandardHelpOptions = true)
  int transfer(
      @Mixin Connecting connecting,
      @Parameters(paramLabel = "ID", description = "To whom.") String id) {
    TransferRequest request = TransferRequest.newBuilder().setId(id).build();
    say(spec, StatusText.of(new Leader(connecting).ask(m -> m.transfer(request)).getMembersList()));
    return Exit.DONE;
  }
}
