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
    Caller caller = Caller.current();
    BearerToken token = BearerToken.random(random);
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> new Command.CreateToken(token(token, request), caller.by()),
        outcome -> {
          done(caller, "created token " + token.id() + " \"" + request.getLabel() + "\"");
          return CreateTokenReply.newBuilder()
              .setId(token.id().toString())
              .setToken(token.reveal())
              .build();
        });
  }

  private AccessToken token(BearerToken token, CreateTokenRequest request) {
    demanded();
    long lifetime = request.getLifetimeMillis();
    long now = guard.wallMillis();
    if (lifetime < 0 || lifetime > Long.MAX_VALUE - now) {
      throw new IllegalArgumentException(
          "a token's lifetime is 1 ms or more, or 0 for a token that does not expire");
    }
    return new AccessToken(
        token.id(),
        token.hash(),
        request.getLabel(),
        grants(request.getGrantsList()),
        quotas(request.getQuotas()),
        now,
        lifetime == 0 ? 0 : now + lifetime);
  }

  /** What has to do with tokens is written in a form that the release before cannot read. */
  private void demanded() {
    if (!guard.demands()) {
      throw new IllegalArgumentException(
          "this server wants no access tokens: it is to be started with an operator's token");
    }
  }

  private static Quotas quotas(io.tyer.protocol.v1.Quotas quotas) {
    return new Quotas(
        quotas.getSessions(),
        quotas.getTickets(),
        quotas.getWaiting(),
        quotas.getRequestsPerSecond());
  }

  @Override
  public void list(ListTokensRequest request, StreamObserver<ListTokensReply> responses) {
    Caller caller = Caller.current();
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> {
          demanded();
          String after = request.getAfter();
          TokenId from = after.isEmpty() ? TokenId.NONE : TokenId.parse(after);
          return new Command.ListTokens(from, 0, caller.by());
        },
        outcome -> {
          if (request.getWithHashes() && request.getAfter().isEmpty()) {
            done(caller, "listed tokens with their hashes");
          }
          return Replies.tokens((Outcome.Tokens) outcome, request.getWithHashes());
        });
  }

  @Override
  public void restore(RestoreTokenRequest request, StreamObserver<RestoreTokenReply> responses) {
    Caller caller = Caller.current();
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> {
          demanded();
          return new Command.CreateToken(kept(request.getToken()), caller.by());
        },
        outcome -> {
          TokenView token = request.getToken();
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
    Caller caller = Caller.current();
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> {
          demanded();
          return new Command.RevokeToken(TokenId.parse(request.getId()), caller.by());
        },
        outcome -> {
          boolean found = ((Outcome.Found) outcome).found();
          done(caller, "revoked token " + request.getId() + (found ? "" : ", which there was not"));
          return RevokeTokenReply.newBuilder().setFound(found).build();
        });
  }

  private void done(Caller caller, String what) {
    guard.audit().done(caller.peer(), caller.by(), what);
  }
}
