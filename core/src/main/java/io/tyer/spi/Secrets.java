package io.tyer.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets in the addresses of stores: the password between user and host, and options
 * that are named like secrets. What is only like an address, because something in it should have
 * been escaped, is read cautiously where it is to be shown: rather too much is hidden than a part
 * of a password left.
 */
final class Secrets {

  private static final String[] WORDS = {"password", "passwd", "pwd", "secret", "token"};

  private final String uri;
  private final boolean cautious;
  private final @Nullable String mark;
  private final StringBuilder text = new StringBuilder();

  private Secrets(String uri, boolean cautious, @Nullable String mark) {
    this.uri = uri;
    this.cautious = cautious;
    this.mark = mark;
  }

  /**
   * The address without its secrets.
   *
   * @param cautious whether it is to be shown, and need not work any more
   * @param mark what stands in their places; null for nothing, names and separators left out too
   */
  static String hide(String uri, boolean cautious, @Nullable String mark) {
    return new Secrets(uri, cautious, mark).hide();
  }

  static boolean isSecret(String option) {
    String lower = option.toLowerCase(Locale.ROOT);
    for (String word : WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private String hide() {
    int from = uri.indexOf(':') + 1;
    boolean jdbc = uri.regionMatches(true, 0, "jdbc:", 0, from);
    int rest = uri.regionMatches(true, 0, "file:", 0, from) ? 0 : hideUserPassword(from, jdbc);
    int options = firstOf(rest, jdbc ? "?;" : "?");
    text.append(uri, rest, options);
    if (options < uri.length()) {
      hideOptions(options);
    }
    return text.toString();
  }

  /** Writes all up to the end of the user's password, and answers where that is. */
  private int hideUserPassword(int from, boolean jdbc) {
    int slashes = uri.indexOf("//", from);
    int last = uri.lastIndexOf('@');
    // Without slashes in front: jdbc:oracle:thin:user/password@host
    boolean bare = slashes < 0 || slashes > last;
    int begin = bare ? uri.indexOf('/', from) : uri.indexOf(':', slashes + 2);
    if (begin < 0 || begin > last || (bare && !jdbc && !cautious)) {
      return 0;
    }
    int end = last;
    if (!cautious) {
      int options = firstOf(begin, jdbc ? "?;" : "?");
      int before = uri.lastIndexOf('@', options);
      boolean named = options < last && uri.substring(options, last).indexOf('=') >= 0;
      if (before > begin) {
        end = named ? before : last;
      } else if (isPort(begin + 1)) {
        return 0; // host:port, and the @ is in an option
      }
    }
    boolean nobody = mark == null && begin == slashes + 2;
    text.append(uri, 0, begin);
    if (mark != null) {
      text.append(uri.charAt(begin)).append(mark);
    }
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
  private void hideOptions(int begin) {
    char first = uri.charAt(begin);
    char join = first == '?' ? '&' : ';';
    char separator = first;
    boolean hidden = false;
    int from = begin + 1;
    while (from <= uri.length()) {
      int end = uri.indexOf(join, from);
      end = end < 0 ? uri.length() : end;
      String part = uri.substring(from, end);
      int equals = hidden ? nameEnd(part) : part.indexOf('=');
      if (equals > 0 ? isSecret(decoded(part.substring(0, equals))) : hidden) {
        // What has no name behind a secret is the rest of it, cut at an unescaped separator.
        if (mark != null && equals > 0) {
          text.append(separator).append(part, 0, equals + 1).append(mark);
          separator = join;
        }
        hidden = true;
      } else {
        text.append(separator).append(part);
        separator = join;
        hidden = false;
      }
      from = end + 1;
    }
  }

  /** Where the {@code =} is, if what stands before it can be the name of an option. */
  private static int nameEnd(String part) {
    int equals = part.indexOf('=');
    int question = part.indexOf('?');
    return question >= 0 && question < equals ? -1 : equals;
  }

  private int firstOf(int from, String characters) {
    int at = from;
    while (at < uri.length() && characters.indexOf(uri.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
