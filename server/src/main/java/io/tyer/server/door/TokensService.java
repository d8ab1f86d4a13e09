package io.tyer.server.door;

import io.grpc.stub.StreamObserver;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.ListTokensReply;
import io.tyer.protocol.v1.ListTokensRequest;
import io.tyer.protocol.v1.RestoreTokenReply;
import io.tyer.protocol.v1.RestoreTokenRequest;
import io.tyer.protocol.v1.RevokeTokenReply;
import io.tyer.protocol.v1.RevokeTokenRequest;
import io.tyer.protocol.v1.TokenView;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.BearerToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.SecretHash;
import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** What operators do with access tokens. */
final class TokensService extends TokensGrpc.TokensImplBase {

  private final Streams streams;
  private final Guard guard;
  private final SecureRandom random = new SecureRandom();

  TokensService(Streams streams, Guard guard) {
    this.streams = streams;
    this.guard = guard;
  }

  @Override
  public void create(CreateTokenRequest request, StreamObserver<CreateTokenReply> responses) {
    if (request.getId().isEmpty() && request.getHash().isEmpty()) {
      BearerToken token = BearerToken.random(random);
      create(request, token.id()::toString, token::hash, token.reveal(), responses);
    } else {
      create(
          request,
          request::getId,
          () -> SecretHash.ofBytes(request.getHash().toByteArray()),
          "",
          responses);
    }
  }

  private void create(
      CreateTokenRequest request,
      Supplier<String> id,
      Supplier<SecretHash> hash,
      String shown,
      StreamObserver<CreateTokenReply> responses) {
    ask(
        responses,
        by -> new Command.CreateToken(token(TokenId.parse(id.get()), hash.get(), request), by),
        (caller, outcome) -> {
          done(caller, "created token " + id.get() + " \"" + request.getLabel() + "\"");
          return CreateTokenReply.newBuilder().setId(id.get()).setToken(shown).build();
        });
  }

  /** What has to do with tokens is written in a form that the release before cannot read. */
  private <T> void ask(
      StreamObserver<T> responses,
      Function<TokenId, Command> command,
      BiFunction<Caller, Outcome, T> reply) {
    Caller caller = Caller.current();
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> {
          if (!guard.demands()) {
            throw new IllegalArgumentException(
                "this server wants no access tokens: it is to be started with an operator's token");
          }
          return command.apply(caller.by());
        },
        outcome -> reply.apply(caller, outcome));
  }

  private AccessToken token(TokenId id, SecretHash hash, CreateTokenRequest request) {
    long lifetime = request.getLifetimeMillis();
    long now = guard.wallMillis();
    if (lifetime < 0 || lifetime > Long.MAX_VALUE - now) {
      throw new IllegalArgumentException(
          "a token's lifetime is 1 ms or more, or 0 for a token that does not expire");
    }
    return new AccessToken(
        id,
        hash,
        request.getLabel(),
        grants(request.getGrantsList()),
        quotas(request.getQuotas()),
        now,
        lifetime == 0 ? 0 : now + lifetime);
  }

  private static Quotas quotas(io.tyer.protocol.v1.Quotas quotas) {
    return new Quotas(
        quotas.getSessions(),
        quotas.getTickets(),
        quotas.getWaiting(),
        quotas.getRequestsPerSecond(),
        quotas.getBytes());
  }

  @Override
  public void list(ListTokensRequest request, StreamObserver<ListTokensReply> responses) {
    String after = request.getAfter();
    ask(
        responses,
        by -> new Command.ListTokens(after.isEmpty() ? TokenId.NONE : TokenId.parse(after), 0, by),
        (caller, outcome) -> {
          if (request.getWithHashes() && after.isEmpty()) {
            done(caller, "listed tokens with their hashes");
          }
          return Replies.tokens((Outcome.Tokens) outcome, request.getWithHashes());
        });
  }

  @Override
  public void restore(RestoreTokenRequest request, StreamObserver<RestoreTokenReply> responses) {
    TokenView token = request.getToken();
    ask(
        responses,
        by -> new Command.CreateToken(kept(token), by),
        (caller, outcome) -> {
          done(
              caller,
              "restored token "
                  + token.getId()
                  + " \""
                  + token.getLabel()
                  + "\" "
                  + String.join(" ", token.getGrantsList()));
          return RestoreTokenReply.getDefaultInstance();
        });
  }

  private static AccessToken kept(TokenView token) {
    return new AccessToken(
        TokenId.parse(token.getId()),
        SecretHash.ofBytes(token.getHash().toByteArray()),
        token.getLabel(),
        grants(token.getGrantsList()),
        quotas(token.getQuotas()),
        token.getCreated(),
        token.getExpires());
  }

  private static List<Grant> grants(List<String> texts) {
    return texts.stream().limit(AccessToken.MAX_GRANTS + 1L).map(Grant::parse).toList();
  }

  @Override
  public void revoke(RevokeTokenRequest request, StreamObserver<RevokeTokenReply> responses) {
    ask(
        responses,
        by -> new Command.RevokeToken(TokenId.parse(request.getId()), by),
        (caller, outcome) -> {
          boolean found = ((Outcome.Found) outcome).found();
          done(caller, "revoked token " + request.getId() + (found ? "" : ", which there was not"));
          return RevokeTokenReply.newBuilder().setFound(found).build();
        });
  }

  private void done(Caller caller, String what) {
    guard.audit().done(caller.peer(), caller.by(), what);
  }
}
