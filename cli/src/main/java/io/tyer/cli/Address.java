package io.tyer.cli;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A store's address as the command line needs it: where a password stands in it.
 *
 * @param text as it was given
 */
record Address(String text) {

  private static final String[] SECRETS = {"password", "passwd", "pwd", "secret", "token"};

  /** The part before the first colon, in lower case; empty if there is none. */
  String scheme() {
    return text.substring(0, Math.max(0, text.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  boolean hasPassword() {
    return !withoutPassword().equals(this);
  }

  /** Without the password, but with the user's name: fit to be passed on and printed. */
  Address withoutPassword() {
    int query = query();
    StringBuilder result = new StringBuilder(query);
    int from = userBegin();
    int at = userEnd();
    int colon = at < 0 ? -1 : text.indexOf(':', from);
    if (colon < 0 || colon > at) {
      result.append(text, 0, query);
    } else {
      int rest = colon == from ? at + 1 : at;
      result.append(text, 0, colon).append(text, rest, query);
    }
    appendHarmless(result, query);
    return new Address(result.toString());
  }

  /**
   * Copies {@code ?a=b&c=d} and {@code ;a=b} without what looks like a secret, nor what follows one
   * without being an option: it may be the rest of it.
   */
  private void appendHarmless(StringBuilder result, int from) {
    char separator = 0;
    boolean query = false;
    boolean afterSecret = false;
    int begin = from;
    while (begin < text.length()) {
      char own = text.charAt(begin);
      query |= own == '?';
      int end = begin + 1;
      while (end < text.length() && !isSeparator(text.charAt(end), query)) {
        end++;
      }
      String option = text.substring(begin + 1, end);
      afterSecret = option.indexOf('=') > 0 ? isSecret(option) : afterSecret;
      separator = separator == '?' ? '?' : own;
      if (!afterSecret) {
        result.append(separator).append(option);
        separator = 0;
      }
      begin = end;
    }
  }

  private static boolean isSeparator(char c, boolean query) {
    return query ? c == '&' : c == '?' || c == ';';
  }

  static boolean isSecret(String option) {
    int equals = option.indexOf('=');
    if (equals <= 0) {
      return false;
    }
    String key = decoded(option.substring(0, equals)).toLowerCase(Locale.ROOT);
    for (String secret : SECRETS) {
      if (key.contains(secret)) {
        return true;
      }
    }
    return false;
  }

  /** With this password: in the user information, or as an option where there is none of that. */
  Address withPassword(String password) {
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
    int from = userBegin();
    if (scheme().equals("jdbc") || from < 0) {
      return new Address(text + (text.indexOf('?') < 0 ? '?' : '&') + "password=" + encoded);
    }
    int at = userEnd();
    String user = at < 0 ? "" : text.substring(from, at);
    String rest = text.substring(at < 0 ? from : at + 1);
    return new Address(text.substring(0, from) + user + ':' + encoded + '@' + rest);
  }

  /** The same from everywhere: a relative directory of a file store is below this one. */
  Address absolute(String directory) {
    int path = "file:".length();
    if (!isFile() || path == text.length()) {
      return this;
    }
    char first = text.charAt(path);
    return first == '/' || first == '~' || first == '?'
        ? this
        : new Address("file:" + escaped(directory) + "/" + text.substring(path));
  }

  /** A path as it stands in an address. */
  static String escaped(String path) {
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23");
  }

  /** The value of an option in the query, null if it is not there. */
  @Nullable String option(String key) {
    int question = text.indexOf('?');
    if (question < 0) {
      return null;
    }
    for (String part : text.substring(question + 1).split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0 && decoded(part.substring(0, equals)).equals(key)) {
        return decoded(part.substring(equals + 1));
      }
    }
    return null;
  }

  /** Where the options begin: at the first {@code ?}, or {@code ;} of a JDBC address. */
  private int query() {
    int question = text.indexOf('?');
    if (question >= 0 && !isFile()) {
      question = text.indexOf('?', Math.max(question, astray(question)));
    }
    int semicolon = scheme().equals("jdbc") ? text.indexOf(';') : -1;
    int end = question < 0 ? text.length() : question;
    return semicolon < 0 ? end : Math.min(semicolon, end);
  }

  /**
   * The last {@code @} behind this {@code ?} that stands in no {@code name=value}, -1 if there is
   * none: the {@code ?} is then one of a password, which should have been escaped.
   */
  private int astray(int question) {
    int slashes = text.indexOf("//");
    int colon = slashes < 0 ? -1 : text.indexOf(':', slashes);
    int astray = -1;
    boolean named = false;
    for (int i = question; colon >= 0 && colon < question && i < text.length(); i++) {
      char c = text.charAt(i);
      named = c != '&' && (named || c == '=');
      astray = c == '@' && !named ? i : astray;
    }
    return astray;
  }

  private boolean isFile() {
    return scheme().equals("file");
  }

  private int userBegin() {
    if (isFile()) {
      return -1; // a path may hold anything
    }
    int slashes = text.indexOf("//");
    return slashes < 0 || slashes > query() ? -1 : slashes + 2;
  }

  /** The {@code @} behind the user information, -1 if there is none. */
  private int userEnd() {
    int from = userBegin();
    int at = text.lastIndexOf('@', query() - 1);
    return from < 0 || at < from ? -1 : at;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part; // the library refuses it, and says why
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return withoutPassword().text;
  }
}
