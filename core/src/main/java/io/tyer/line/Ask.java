package io.tyer.line;

import static java.util.Objects.requireNonNull;

/**
 * What somebody who enters asks for. The constructor refuses what could never be granted or written
 * down, so that a line holds valid tickets only.
 *
 * @param session whose ticket it will be
 * @param request the id by which a retry finds the ticket again
 * @param owner a label for people, at most 256 characters, none of them a control character or half
 *     a surrogate pair; {@link #clipOwner} makes any text such a label
 * @param exclusive whether nothing may stand beside it
 * @param weight how much it takes: 1 if exclusive, else 1 to its capacity, at most {@link
 *     #MAX_PERMITS}
 * @param capacity how much there is: 1 if exclusive, else 1 to {@link #MAX_PERMITS}, or {@link
 *     #UNBOUNDED}
 * @param recallable whether its client may keep the ticket after the last local release, until
 *     another asks for it
 */
public record Ask(
    SessionId session,
    RequestId request,
    String owner,
    boolean exclusive,
    int weight,
    int capacity,
    boolean recallable) {

  /** The capacity of a read ticket: however many stand ahead, they fit if none is exclusive. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** The largest weight, and the largest capacity that is not {@link #UNBOUNDED}. */
  public static final int MAX_PERMITS = 1_000_000;

  /** The most characters (UTF-16 units) that an owner may have. */
  public static final int MAX_OWNER = 256;

  /**
   * Checks every part.
   *
   * @throws IllegalArgumentException if owner, weight or capacity is not as described above
   */
  public Ask {
    requireNonNull(session, "session");
    requireNonNull(request, "request");
    checkOwner(owner);
    checkWeight(exclusive, weight, capacity);
  }

  /**
   * Asks for an exclusive ticket: a mutex or a write lock.
   *
   * @throws IllegalArgumentException if the owner is not as described above
   */
  public static Ask exclusive(
      SessionId session, RequestId request, String owner, boolean recallable) {
    return new Ask(session, request, owner, true, 1, 1, recallable);
  }

  /**
   * Asks for a shared ticket: a read lock (weight 1, capacity {@link #UNBOUNDED}) or permits of a
   * semaphore.
   *
   * @throws IllegalArgumentException if owner, weight or capacity is not as described above
   */
  public static Ask shared(
      SessionId session,
      RequestId request,
      String owner,
      int weight,
      int capacity,
      boolean recallable) {
    return new Ask(session, request, owner, false, weight, capacity, recallable);
  }

  /**
   * Makes any text an owner: cut to 256 characters without splitting a surrogate pair, each control
   * character replaced by a blank, each half of a surrogate pair that stands alone by U+FFFD. A
   * text that is an owner already is returned as it is.
   */
  public static String clipOwner(String text) {
    boolean clean = Text.control(text) < 0 && Text.unpairedSurrogate(text) < 0;
    if (clean && text.length() <= MAX_OWNER) {
      return text;
    }
    StringBuilder owner = new StringBuilder(MAX_OWNER);
    for (int i = 0; i < text.length() && owner.length() < MAX_OWNER; i++) {
      char c = text.charAt(i);
      if (Text.isPair(text, i)) {
        if (owner.length() + 2 > MAX_OWNER) {
          break;
        }
        owner.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        owner.append('\uFFFD');
      } else {
        owner.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return owner.toString();
  }

  static void checkOwner(String owner) {
    if (owner.length() > MAX_OWNER) {
      throw new IllegalArgumentException(
          "an owner has at most "
              + MAX_OWNER
              + " characters; this one has "
              + owner.length()
              + ": see Ask.clipOwner");
    }
    if (Text.plain(owner)) {
      return;
    }
    int control = Text.control(owner);
    if (control >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "an owner has no control characters; this one has U+%04X at index %d: see"
                  + " Ask.clipOwner",
              (int) owner.charAt(control), control));
    }
    int lone = Text.unpairedSurrogate(owner);
    if (lone >= 0) {
      throw new IllegalArgumentException(
          "an owner is Unicode text; this one has an unpaired surrogate at index "
              + lone
              + ": see Ask.clipOwner");
    }
  }

  static void checkWeight(boolean exclusive, int weight, int capacity) {
    if (exclusive) {
      if (weight != 1 || capacity != 1) {
        throw new IllegalArgumentException(
            "an exclusive ticket has weight 1 and capacity 1, not " + weight + " and " + capacity);
      }
      return;
    }
    if (capacity < 1 || (capacity > MAX_PERMITS && capacity != UNBOUNDED)) {
      throw new IllegalArgumentException(
          "a capacity is 1 to " + MAX_PERMITS + ", or Ask.UNBOUNDED; not " + capacity);
    }
    if (weight < 1 || weight > Math.min(capacity, MAX_PERMITS)) {
      throw new IllegalArgumentException(
          "a weight is 1 to its capacity, here "
              + Math.min(capacity, MAX_PERMITS)
              + "; not "
              + weight
              + ", which could never be granted");
    }
  }
}
