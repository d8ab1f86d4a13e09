package io.tyer.cli;

import io.tyer.spi.StoreAddress;
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

  /** The part before the first colon, in lower case; empty if there is none. */
  String scheme() {
    return text.substring(0, Math.max(0, text.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  boolean hasPassword() {
    return !withoutPassword().equals(this);
  }

  /** Without the password, but with the user's name: fit to be passed on. */
  Address withoutPassword() {
    return new Address(StoreAddress.withoutSecrets(text));
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

  /** Fit to be shown: without the password, or what may be a part of one. */
  @Override
  public String toString() {
    return StoreAddress.mask(withoutPassword().text);
  }
}
