package io.tyer.server.state;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.Right;
import io.tyer.server.access.SecretHash;
import io.tyer.server.access.TokenId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tokens as bytes. */
final class TokenCodec {

  /** The bit of a right is its place here. */
  private static final List<Right> RIGHTS =
      List.of(Right.ACQUIRE, Right.READ, Right.FORCE, Right.ADMIN, Right.METRICS);

  /** How many of them there are in format 2. */
  private static final int RIGHTS_OF_SECOND = 4;

  /** The first in which a token has a quota of bytes. */
  private static final int FORMAT_WITH_BYTES = 3;

  private TokenCodec() {}

  /** Without a quota of bytes, as a version before the third knows it. */
  static void put(WireOut out, AccessToken token) {
    putId(out, token.id());
    SecretHash hash = token.hash();
    out.putFixed(hash.a()).putFixed(hash.b()).putFixed(hash.c()).putFixed(hash.d());
    out.putText(token.label()).putVarint(token.grants().size());
    for (Grant grant : token.grants()) {
      out.put(bits(grant.rights())).putText(grant.prefix());
    }
    Quotas quotas = token.quotas();
    out.putVarint(quotas.sessions()).putVarint(quotas.tickets()).putVarint(quotas.waiting());
    out.putVarint(quotas.requestsPerSecond());
    out.putVarint(token.createdMillis()).putVarint(token.expiresMillis());
  }

  /** The first format that has such a token. */
  static int format(AccessToken token) {
    return token.allowsAny(Right.METRICS) || token.quotas().bytes() > 0 ? 3 : 2;
  }

  static void putWithBytes(WireOut out, AccessToken token) {
    put(out, token);
    out.putVarint(token.quotas().bytes());
  }

  static AccessToken getWithBytes(WireIn in) {
    AccessToken token = get(in, FORMAT_WITH_BYTES);
    Quotas quotas = token.quotas();
    return new AccessToken(
        token.id(),
        token.hash(),
        token.label(),
        token.grants(),
        new Quotas(
            quotas.sessions(),
            quotas.tickets(),
            quotas.waiting(),
            quotas.requestsPerSecond(),
            in.getVarint(Long.MAX_VALUE)),
        token.createdMillis(),
        token.expiresMillis());
  }

  /** Of this format, or an earlier one. */
  static AccessToken get(WireIn in, int format) {
    TokenId id = getId(in);
    SecretHash hash = new SecretHash(in.getFixed(), in.getFixed(), in.getFixed(), in.getFixed());
    String label = in.getText();
    int count = in.getCount(2);
    if (count > AccessToken.MAX_GRANTS) {
      throw new IllegalArgumentException("a token with " + count + " grants");
    }
    List<Grant> grants = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Set<Right> rights = rights(in.get(), format < 3 ? RIGHTS_OF_SECOND : RIGHTS.size());
      grants.add(new Grant(in.getText(), rights));
    }
    Quotas quotas = new Quotas(in.getInt(), in.getInt(), in.getInt(), in.getInt());
    return new AccessToken(
        id,
        hash,
        label,
        grants,
        quotas,
        in.getVarint(Long.MAX_VALUE),
        in.getVarint(Long.MAX_VALUE));
  }

  static void putId(WireOut out, TokenId id) {
    out.putFixed(id.value());
  }

  static TokenId getId(WireIn in) {
    return new TokenId(in.getFixed());
  }

  private static int bits(Set<Right> rights) {
    int bits = 0;
    for (Right right : rights) {
      bits |= 1 << RIGHTS.indexOf(right);
    }
    return bits;
  }

  private static Set<Right> rights(int bits, int known) {
    if (bits >= 1 << known) {
      throw new IllegalArgumentException("a grant with rights " + bits);
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (int i = 0; i < RIGHTS.size(); i++) {
      if ((bits & 1 << i) != 0) {
        rights.add(RIGHTS.get(i));
      }
    }
    return rights;
  }
}
