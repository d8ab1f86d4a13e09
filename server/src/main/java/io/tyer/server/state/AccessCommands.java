package io.tyer.server.state;

import io.tyer.line.SessionId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Right;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commands make of tokens. */
final class AccessCommands {

  private final Access access;
  private final Sessions sessions;
  private final TicketCommands tickets;

  AccessCommands(Access access, Sessions sessions, TicketCommands tickets) {
    this.access = access;
    this.sessions = sessions;
    this.tickets = tickets;
  }

  /** Null if it is no such command. */
  @Nullable Outcome apply(Command command, Effects effects) {
    long wallMillis = effects.wallMillis();
    if (command instanceof Command.CreateToken create) {
      Outcome refused = access.refusalForAll(create.by(), Right.ADMIN, wallMillis);
      return refused == null ? create(create.token()) : refused;
    }
    if (command instanceof Command.RevokeToken revoke) {
      Outcome refused = access.refusalForAll(revoke.by(), Right.ADMIN, wallMillis);
      return refused == null ? revoke(revoke, effects) : refused;
    }
    if (command instanceof Command.ListTokens list) {
      Outcome refused = access.refusalForAll(list.by(), Right.ADMIN, wallMillis);
      return refused == null ? list(list) : refused;
    }
    return null;
  }

  private Outcome create(AccessToken token) {
    AccessToken there = access.tokens().get(token.id());
    if (there != null) {
      return there.equals(token)
          ? new Outcome.Nothing()
          : Outcomes.refused("there is another token " + token.id() + " already");
    }
    if (access.tokens().size() >= Bounds.MAX_TOKENS) {
      return Outcomes.refused(
          "there are "
              + Bounds.MAX_TOKENS
              + " tokens, the most there can be: revoke those that are not used any more");
    }
    access.tokens().add(token);
    return new Outcome.Nothing();
  }

  private Outcome revoke(Command.RevokeToken command, Effects effects) {
    AccessToken token = access.tokens().get(command.id());
    if (token != null) {
      access.tokens().remove(token);
      List<SessionId> concerned = new ArrayList<>();
      sessions.forEach(
          session -> {
            if (session.token().equals(token.id())) {
              concerned.add(session.id());
            }
          });
      tickets.dropWaiting(concerned, effects);
    }
    return new Outcome.Found(token != null);
  }

  private Outcome list(Command.ListTokens command) {
    int limit =
        command.limit() <= 0
            ? Bounds.MAX_LISTED_TOKENS
            : Math.min(command.limit(), Bounds.MAX_LISTED_TOKENS);
    List<Outcome.TokenView> views = new ArrayList<>();
    boolean[] more = {false};
    access
        .tokens()
        .byId()
        .forEachFrom(
            command.after(),
            (id, token) -> {
              if (id.equals(command.after())) {
                return true;
              }
              more[0] = views.size() == limit;
              if (!more[0]) {
                Usage.Count count = access.usage().of(id);
                views.add(
                    new Outcome.TokenView(
                        token, count.sessions(), count.tickets(), count.waiting()));
              }
              return !more[0];
            });
    return new Outcome.Tokens(List.copyOf(views), more[0]);
  }
}
