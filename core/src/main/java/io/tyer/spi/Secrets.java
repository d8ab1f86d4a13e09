package io.tyer.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes the secrets out of an address that goes on to work: the password between user and host, and
 * options that are named like secrets. What is to be shown hides {@link SecretSpans} instead.
 */
final class Secrets {

  private static final String[] WORDS = {"password", "passwd", "pwd", "secret", "token"};

  private final String uri;
  private final StringBuilder text = new StringBuilder();

  private Secrets(String uri) {
    this.uri = uri;
  }

  /** The address without its secrets, their names and their separators. */
  static String leftOut(String uri) {
    return new Secrets(uri).leftOut();
  }

  /** Whether an option of this name holds a secret; the name of a file is none. */
  static boolean isSecret(String option) {
    return !option.toLowerCase(Locale.ROOT).endsWith("-file") && namesSecret(option);
  }

  private static boolean namesSecret(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String word : WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an option, name and value as they stand in an address, holds a secret. */
  static boolean isSecret(String name, String value) {
    if (isSecret(decoded(name))) {
      return true;
    }
    // The value may be an address itself.
    String inner = decoded(value);
    return inner.contains("://") && (inner.indexOf('@') >= 0 || namesSecret(inner));
  }

  private String leftOut() {
    int from = uri.indexOf(':') + 1;
    boolean jdbc = uri.regionMatches(true, 0, "jdbc:", 0, from);
    int rest = uri.regionMatches(true, 0, "file:", 0, from) ? 0 : leaveOutPassword(from, jdbc);
    int options = firstOf(rest, jdbc ? "?;" : "?");
    text.append(uri, rest, options);
    if (options < uri.length()) {
      leaveOutOptions(options);
    }
    return text.toString();
  }

  /** Writes all up to the user's password, and answers where that ends. */
  private int leaveOutPassword(int from, boolean jdbc) {
    int slashes = uri.indexOf("//", from);
    int last = uri.lastIndexOf('@');
    // Without slashes in front: jdbc:oracle:thin:user/password@host
    boolean bare = slashes < 0 || slashes > last;
    int begin = bare ? uri.indexOf('/', from) : uri.indexOf(':', slashes + 2);
    if (begin < 0 || begin > last || (bare && !jdbc)) {
      return 0;
    }
    int end = last;
    int options = firstOf(begin, jdbc ? "?;" : "?");
    int before = uri.lastIndexOf('@', options);
    boolean named = options < last && uri.substring(options, last).indexOf('=') >= 0;
    if (before > begin) {
      end = named ? before : last;
    } else if (isPort(begin + 1)) {
      return 0; // host:port, and the @ is in an option
    }
    text.append(uri, 0, begin);
    boolean nobody = begin == slashes + 2;
    return nobody ? end + 1 : end;
  }

  private boolean isPort(int from) {
    int at = from;
    while (at < uri.length() && Character.isDigit(uri.charAt(at))) {
      at++;
    }
    return at > from && (at == uri.length() || "/,?;".indexOf(uri.charAt(at)) >= 0);
  }

  /** Behind {@code ?} options are joined by {@code &}, behind {@code ;} by more of these. */
  private void leaveOutOptions(int begin) {
    char first = uri.charAt(begin);
    char join = first == '?' ? '&' : ';';
    char separator = first;
    boolean hidden = false;
    int from = begin + 1;
    while (from <= uri.length()) {
      int end = uri.indexOf(join, from);
      end = end < 0 ? uri.length() : end;
      String part = uri.substring(from, end);
      int equals = part.indexOf('=');
      if (equals > 0 && !(hidden && part.substring(0, equals).indexOf('?') >= 0)) {
        hidden = isSecret(part.substring(0, equals), part.substring(equals + 1));
      }
      // What has no name behind a secret is the rest of it, cut at an unescaped separator.
      if (!hidden) {
        text.append(separator).append(part);
        separator = join;
      }
      from = end + 1;
    }
  }

  private int firstOf(int from, String characters) {
    int at = from;
    while (at < uri.length() && characters.indexOf(uri.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
