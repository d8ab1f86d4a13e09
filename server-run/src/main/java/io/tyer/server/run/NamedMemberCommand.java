package io.tyer.server.run;

import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.ServerSyntax;
import io.tyer.command.Syntax;
import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.MembersGrpc.MembersBlockingStub;
import io.tyer.protocol.v1.RemoveMemberRequest;
import io.tyer.protocol.v1.TransferRequest;
import java.util.List;

/** What the leader is asked to do about a member that is named. */
abstract class NamedMemberCommand implements Command {

  /** Asks for it, and returns the members that there are then. */
  abstract List<Member> ask(MembersBlockingStub members, String id);

  @Override
  public final Exit run(Parsed parsed, Console console) {
    String id = parsed.argument("ID");
    Leader leader = new Leader(Connecting.of(parsed));
    List<Member> left = leader.ask(members -> ask(members, id));
    console.print(StatusText.of(left));
    return Exit.OK;
  }

  /** {@code tyer server remove}. */
  static final class Remove extends NamedMemberCommand {
    @Override
    public Syntax syntax() {
      return ServerSyntax.remove();
    }

    @Override
    List<Member> ask(MembersBlockingStub members, String id) {
      return members.remove(RemoveMemberRequest.newBuilder().setId(id).build()).getMembersList();
    }
  }

  /** {@code tyer server transfer}. */
  static final class Transfer extends NamedMemberCommand {
    @Override
    public Syntax syntax() {
      return ServerSyntax.transfer();
    }

    @Override
    List<Member> ask(MembersBlockingStub members, String id) {
      return members.transfer(TransferRequest.newBuilder().setId(id).build()).getMembersList();
    }
  }
}
