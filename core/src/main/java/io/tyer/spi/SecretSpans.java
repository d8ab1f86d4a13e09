package io.tyer.spi;

import java.util.BitSet;

/**
 * Where the secrets may stand in what may be an address, well formed or not. Rather too much is
 * found than a part of a password left: spans may overlap, and are hidden together.
 */
final class SecretSpans {

  private final String text;
  private final BitSet secret = new BitSet();

  private SecretSpans(String text) {
    this.text = text;
  }

  /** The text with this mark in place of each span. */
  static String hide(String text, String mark) {
    SecretSpans spans = new SecretSpans(text);
    int scheme = text.indexOf(':') + 1;
    if (!text.regionMatches(true, 0, "file:", 0, scheme)) {
      spans.findUser(scheme);
    }
    int query = text.indexOf('?');
    int end = query < 0 ? text.length() : query;
    boolean open = spans.findOptions(0, end, ';', false);
    spans.findOptions(end, text.length(), '&', open);
    return spans.hidden(mark);
  }

  private String hidden(String mark) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int start = 0; start < text.length(); ) {
      boolean hidden = secret.get(start);
      int end = hidden ? secret.nextClearBit(start) : secret.nextSetBit(start);
      end = end < 0 ? text.length() : Math.min(end, text.length());
      shown.append(hidden ? mark : text.substring(start, end));
      start = end;
    }
    return shown.toString();
  }

  /**
   * {@code //user:password@host} and {@code jdbc:oracle:thin:user/password@host}; a password may
   * hold anything, so it ends at the last @.
   */
  private void findUser(int from) {
    int last = text.lastIndexOf('@');
    int slashes = text.indexOf("//", from);
    boolean bare = slashes < 0 || slashes > last;
    int begin = bare ? text.indexOf('/', from) : text.indexOf(':', slashes + 2);
    if (begin >= 0 && begin < last) {
      secret.set(begin + 1, last);
    }
  }

  /**
   * Values of options with telling names, and what follows one without being an option.
   *
   * @param open whether a secret goes before, which may go on here
   * @return whether a secret may go on behind the limit
   */
  private boolean findOptions(int begin, int limit, char separator, boolean open) {
    boolean after = open;
    for (int start = begin; start <= limit; ) {
      int next = text.indexOf(separator, start);
      int end = next < 0 || next > limit ? limit : next;
      String option = text.substring(start, end);
      int equals = option.indexOf('=');
      boolean named = equals >= 0 && !(after && option.lastIndexOf(';', equals) >= 0);
      if (named) {
        after = Secrets.isSecret(option.substring(0, equals), option.substring(equals + 1));
      }
      if (after) {
        secret.set(named ? start + equals + 1 : start, end);
      }
      start = end + 1;
    }
    return after;
  }
}
