package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.ServerSyntax;
import io.tyer.command.Syntax;
import io.tyer.protocol.v1.AddMemberRequest;
import io.tyer.protocol.v1.Member;

/** {@code tyer server add}. */
final class AddCommand implements Command {

  @Override
  public Syntax syntax() {
    return ServerSyntax.add();
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    String http = parsed.text("http", "");
    Member member =
        Member.newBuilder()
            .setId(parsed.argument("ID"))
            .setPeerAddress(at(parsed, "peer", ServerCommand.PORT + 1))
            .setClientAddress(at(parsed, "client", ServerCommand.PORT))
            .setHttpAddress(http.isEmpty() ? "" : PeerList.http("--http", http))
            .build();
    AddMemberRequest request = AddMemberRequest.newBuilder().setMember(member).build();
    Leader leader = new Leader(Connecting.of(parsed));
    console.print(StatusText.of(leader.ask(members -> members.add(request)).getMembersList()));
    return Exit.OK;
  }

  private static String at(Parsed parsed, String option, int port) {
    return HostPort.parse("--" + option, parsed.required(option), port).toString();
  }
}
