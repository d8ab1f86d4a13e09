package io.tyer.server.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client shows: {@code tyer_}, the token's id, {@code _}, and its secret of 32 bytes in
 * base64url. That of an operator's own token has the id {@link TokenId#NONE}.
 */
public final class BearerToken {

  private static final int SECRET_BYTES = 32;
  private static final Pattern TEXT = Pattern.compile("tyer_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final TokenId id;
  private final byte[] secret;

  private BearerToken(TokenId id, byte[] secret) {
    this.id = id;
    this.secret = secret;
  }

  /** A new one that nobody can guess. */
  public static BearerToken random(SecureRandom random) {
    long id = 0;
    while (id == 0) {
      id = random.nextLong();
    }
    return of(new TokenId(id), random);
  }

  /** A new one for the operator. */
  public static BearerToken randomOfOperator(SecureRandom random) {
    return of(TokenId.NONE, random);
  }

  private static BearerToken of(TokenId id, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new BearerToken(id, secret);
  }

  /** The token that this text shows; empty if it shows none. */
  public static Optional<BearerToken> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] secret = Base64.getUrlDecoder().decode(matcher.group(2));
      return Optional.of(new BearerToken(TokenId.parse(matcher.group(1)), secret));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Its public name. */
  public TokenId id() {
    return id;
  }

  /** What the server keeps of its secret. */
  public SecretHash hash() {
    return SecretHash.of(secret);
  }

  /** Whether its secret is the one of which this was kept. */
  public boolean is(SecretHash kept) {
    return kept.matches(secret);
  }

  /** All of it, with the secret. */
  public String reveal() {
    return "tyer_" + id + "_" + ENCODER.encodeToString(secret);
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "token " + id;
  }
}
