package io.tyer.server.access;

import io.tyer.line.LockName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rights for all names that begin so.
 *
 * @param prefix empty for all names
 * @param rights at least one
 */
public record Grant(String prefix, Set<Right> rights) {

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if there is no right, no name could begin so, or one that has
   *     to do with the server, such as {@link Right#ADMIN}, is not for all names
   */
  public Grant {
    if (rights.isEmpty()) {
      throw new IllegalArgumentException("a grant has rights: there are " + Right.ALL);
    }
    if (!prefix.isEmpty()) {
      LockName unused = LockName.of(prefix);
      for (Right right : rights) {
        if (right.isOfServer()) {
          throw new IllegalArgumentException(
              "the right " + right + " is for all names: give it without a prefix");
        }
      }
    }
    rights = Collections.unmodifiableSet(EnumSet.copyOf(rights));
  }

  /**
   * Reads {@code acquire,read:orders/}: rights, a colon, the prefix; without a colon, for all
   * names.
   *
   * @throws IllegalArgumentException saying what is right
   */
  public static Grant parse(String text) {
    int colon = text.indexOf(':');
    String rights = colon < 0 ? text : text.substring(0, colon);
    EnumSet<Right> parsed = EnumSet.noneOf(Right.class);
    for (String right : rights.split(",", -1)) {
      parsed.add(Right.parse(right));
    }
    return new Grant(colon < 0 ? "" : text.substring(colon + 1), parsed);
  }

  boolean covers(Right right, String name) {
    return rights.contains(right) && name.startsWith(prefix);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String list = rights.stream().map(Right::toString).collect(Collectors.joining(","));
    return prefix.isEmpty() ? list : list + ":" + prefix;
  }
}
