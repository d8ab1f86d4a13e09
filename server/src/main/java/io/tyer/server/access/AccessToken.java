package io.tyer.server.access;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a token.
 *
 * @param hash of its secret, which is kept nowhere
 * @param label for people
 * @param grants what it may do
 * @param quotas how much
 * @param createdMillis since 1970
 * @param expiresMillis since 1970; 0 for never
 */
public record AccessToken(
    TokenId id,
    SecretHash hash,
    String label,
    List<Grant> grants,
    Quotas quotas,
    long createdMillis,
    long expiresMillis) {

  /** How many grants a token has at most. */
  public static final int MAX_GRANTS = 64;

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if one of them is out of bounds; the message says which
   */
  public AccessToken {
    if (id.isNone()) {
      throw new IllegalArgumentException("a token has an id");
    }
    if (!Ask.clipOwner(label).equals(label)) {
      throw new IllegalArgumentException(
          "a label has at most " + Ask.MAX_OWNER + " characters, none of them a control character");
    }
    if (grants.isEmpty() || grants.size() > MAX_GRANTS) {
      throw new IllegalArgumentException(
          "a token has 1 to " + MAX_GRANTS + " grants, such as acquire:orders/");
    }
    if (createdMillis < 0 || expiresMillis < 0) {
      throw new IllegalArgumentException("times are milliseconds since 1970");
    }
    grants = List.copyOf(grants);
  }

  /** Whether it counts no more at this time. */
  public boolean isExpired(long wallMillis) {
    return expiresMillis != 0 && wallMillis >= expiresMillis;
  }

  /** Whether it may do this with that name. */
  public boolean allows(Right right, LockName name) {
    String text = name.text();
    for (Grant grant : grants) {
      if (grant.covers(right, text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may do this with some name. */
  public boolean allowsAny(Right right) {
    return grants.stream().anyMatch(grant -> grant.rights().contains(right));
  }

  /** Whether it may do this with all names. */
  public boolean allowsAll(Right right) {
    return grants.stream()
        .anyMatch(grant -> grant.prefix().isEmpty() && grant.rights().contains(right));
  }

  /**
   * Of the names that begin so, those with which it may do this: by what they begin with, none of
   * these the beginning of another, in the order of names.
   */
  public List<String> prefixes(Right right, String within) {
    List<String> found = new ArrayList<>();
    for (Grant grant : grants) {
      if (grant.rights().contains(right)) {
        if (within.startsWith(grant.prefix())) {
          return List.of(within);
        }
        if (grant.prefix().startsWith(within)) {
          found.add(grant.prefix());
        }
      }
    }
    return found.stream()
        .filter(one -> found.stream().noneMatch(other -> isShorterBeginning(other, one)))
        .distinct()
        .map(LockName::of)
        .sorted()
        .map(LockName::text)
        .toList();
  }

  private static boolean isShorterBeginning(String prefix, String of) {
    return prefix.length() < of.length() && of.startsWith(prefix);
  }
}
