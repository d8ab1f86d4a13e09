package io.tyer.server.run;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.tyer.command.Command;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;
import io.tyer.command.TokenSyntax;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.Quotas;
import io.tyer.server.access.BearerToken;
import io.tyer.server.access.Grant;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code tyer token create}. */
final class TokenCreation implements Command {

  private static final int SESSIONS = 1000;
  private static final int ATTEMPTS = 3;

  @Override
  public Syntax syntax() {
    return TokenSyntax.create();
  }

  @Override
  public Exit run(Parsed parsed, Console console) {
    parsed.requireNoArgument();
    // Made here, so that the request can be sent again.
    BearerToken made = BearerToken.random(new SecureRandom());
    CreateTokenRequest request = request(parsed, made);
    CreateTokenReply reply = ask(new Leader(Connecting.of(parsed)), request);
    console.tell("token " + reply.getId() + " is made, and shown this once:");
    // A server of an earlier release has made another one.
    String shown = reply.getToken().isEmpty() ? made.reveal() : reply.getToken();
    console.print(shown + System.lineSeparator());
    return Exit.OK;
  }

  /** Asks again where it is not known what came of it: the same request makes no other token. */
  private static CreateTokenReply ask(Leader leader, CreateTokenRequest request) {
    boolean perhaps = false;
    for (int attempt = 1; ; attempt++) {
      AtomicBoolean asked = new AtomicBoolean();
      try {
        return leader.askOfTokens(
            tokens -> {
              asked.set(true);
              return tokens.create(request);
            });
      } catch (Refusal e) {
        // Before, it was only asked who leads.
        perhaps |= asked.get() && mayHaveBeenDone(e);
        if (!perhaps) {
          throw e;
        }
        if (attempt == ATTEMPTS) {
          throw new Refusal(
              Exit.UNREACHABLE,
              e.getMessage()
                  + "; whether token "
                  + request.getId()
                  + " was made is not known: 'tyer token list' tells, and 'tyer token revoke "
                  + request.getId()
                  + "' has it count no more",
              e);
        }
      }
    }
  }

  private static boolean mayHaveBeenDone(Refusal refusal) {
    return refusal.getCause() instanceof StatusRuntimeException failure
        && switch (failure.getStatus().getCode()) {
          case UNKNOWN, UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, INTERNAL -> true;
          default -> false;
        };
  }

  private static CreateTokenRequest request(Parsed parsed, BearerToken made) {
    String unused = parsed.required("grant");
    CreateTokenRequest.Builder request =
        CreateTokenRequest.newBuilder()
            .setLabel(parsed.text("label", ""))
            .setLifetimeMillis(lifetimeMillis(parsed))
            .setId(made.id().toString())
            .setHash(ByteString.copyFrom(made.hash().bytes()));
    int sessions = parsed.number("sessions", SESSIONS);
    int tickets = parsed.number("tickets", 0);
    int waiting = parsed.number("waiting", 0);
    int rate = parsed.number("rate", 0);
    int bytes = parsed.number("bytes", 0);
    try {
      parsed.texts("grant").forEach(grant -> request.addGrants(Grant.parse(grant).toString()));
      io.tyer.server.access.Quotas unusedQuotas =
          new io.tyer.server.access.Quotas(sessions, tickets, waiting, rate, bytes);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
    return request
        .setQuotas(
            Quotas.newBuilder()
                .setSessions(sessions)
                .setTickets(tickets)
                .setWaiting(waiting)
                .setRequestsPerSecond(rate)
                .setBytes(bytes))
        .build();
  }

  /** Zero for one that counts for ever. */
  private static long lifetimeMillis(Parsed parsed) {
    Duration lifetime = parsed.duration("expires-in");
    if (lifetime == null) {
      return 0;
    }
    if (lifetime.toMillis() == 0) {
      throw Refusal.usage("--expires-in is longer than nothing, such as 90d, 12h or 30m");
    }
    return lifetime.toMillis();
  }
}
