package io.tyer.server.state;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What commands make of tokens. */
final class AccessCommands {

  private final Access access;
  private final TicketCommands tickets;
  private final Adopted adopted;

  AccessCommands(Access access, TicketCommands tickets, Adopted adopted) {
    this.access = access;
    this.tickets = tickets;
    this.adopted = adopted;
  }

  /** Null if it is no such command. */
  @Nullable Outcome apply(Command command, Effects effects) {
    long wallMillis = effects.wallMillis();
    if (command instanceof Command.CreateToken create) {
      Outcome refused = access.refusalForAll(create.by(), Right.ADMIN, wallMillis);
      if (refused == null && CommandCodec.format(create) > adopted.version()) {
        // The state is to be written in a form that members know who have not adopted this one.
        refused = Outcome.Failed.notAdopted();
      }
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
      return isSame(there, token)
          ? new Outcome.Nothing()
          : Outcomes.refused("there is another token " + token.id() + " already");
    }
    if (access.tokens().size() >= Bounds.MAX_TOKENS) {
      return Outcomes.refused(
          "there are "
              + Bounds.MAX_TOKENS
              + " tokens, the most there can be: revoke those that are not used any more");
    }
    access.add(token);
    return new Outcome.Nothing();
  }

  /**
   * Whether it was asked for by the same request, perhaps at another time. Compares only: a token
   * whose times were shifted might be one that cannot be, and an entry must always be applied.
   */
  private static boolean isSame(AccessToken there, AccessToken asked) {
    return there.hash().equals(asked.hash())
        && there.label().equals(asked.label())
        && there.grants().equals(asked.grants())
        && there.quotas().equals(asked.quotas())
        && (there.expiresMillis() == 0) == (asked.expiresMillis() == 0)
        && (there.expiresMillis() == 0 || lifetime(there) == lifetime(asked));
  }

  private static long lifetime(AccessToken token) {
    return token.expiresMillis() - token.createdMillis();
  }

  /** What waits under tokens that have expired loses its place. */
  void dropExpired(Effects effects) {
    Set<TokenId> expired = access.expiredThatWait(effects.wallMillis());
    if (!expired.isEmpty()) {
      tickets.dropWaiting(expired, effects);
    }
  }

  private Outcome revoke(Command.RevokeToken command, Effects effects) {
    AccessToken token = access.tokens().get(command.id());
    if (token != null) {
      access.tokens().remove(token);
      tickets.dropWaiting(Set.of(token.id()), effects);
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
                        token,
                        count.sessions(),
                        count.tickets(),
                        count.waiting(),
                        count.textBytes()));
              }
              return !more[0];
            });
    return new Outcome.Tokens(List.copyOf(views), more[0]);
  }
}
