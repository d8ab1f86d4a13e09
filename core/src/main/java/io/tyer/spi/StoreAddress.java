package io.tyer.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A store's address, as in {@code file:/var/lib/tyer?ttl=5s}: scheme, location, options.
 *
 * @param scheme the part before the first colon, in lower case
 * @param location what stands between the scheme and the query, undecoded; may hold a password
 * @param options the query's options, decoded, in order
 */
public record StoreAddress(String scheme, String location, Map<String, String> options) {

  /** Keeps a copy of the options. */
  public StoreAddress {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it has no scheme or a broken query; the message holds no
   *     password
   */
  public static StoreAddress parse(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 0 || !isScheme(uri.substring(0, colon))) {
      throw new IllegalArgumentException(
          "a store's address begins with a scheme, as in memory:name or file:/var/lib/tyer; this"
              + " one does not: "
              + mask(uri));
    }
    int query = uri.indexOf('?', colon);
    String location = uri.substring(colon + 1, query < 0 ? uri.length() : query);
    Map<String, String> options = new LinkedHashMap<>();
    if (query >= 0 && query + 1 < uri.length()) {
      for (String part : uri.substring(query + 1).split("&", -1)) {
        readOption(uri, part, options);
      }
    }
    return new StoreAddress(uri.substring(0, colon).toLowerCase(Locale.ROOT), location, options);
  }

  private static boolean isScheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || "+.-".indexOf(c) >= 0))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  @SuppressWarnings("UnusedException") // It quotes what follows the %, maybe a part of a secret.
  private static void readOption(String uri, String part, Map<String, String> options) {
    int equals = part.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "an option in a store's address reads name=value, joined by '&': " + mask(uri));
    }
    String key;
    String value;
    try {
      key = URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8);
      value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a % in a store's address is followed by two hexadecimal digits: " + mask(uri));
    }
    if (options.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("option " + key + " is given twice: " + mask(uri));
    }
  }

  /** This address with other options. */
  public StoreAddress withOptions(Map<String, String> others) {
    return new StoreAddress(scheme, location, others);
  }

  /**
   * The address with every secret replaced by {@code ***}, and rather more than less: if a password
   * holds characters that it should not, up to the last {@code @}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append(':').append(location);
    char separator = '?';
    for (Map.Entry<String, String> option : options.entrySet()) {
      boolean secret = Secrets.isSecret(option.getKey());
      text.append(separator).append(option.getKey()).append('=');
      text.append(secret ? "***" : option.getValue());
      separator = '&';
    }
    return mask(text.toString());
  }

  /** What may be an address, as {@link #toString} shows one. Other text is left as it is. */
  public static String mask(String uri) {
    return SecretSpans.hide(uri, "***");
  }

  /** Whether an option of this name holds a secret. */
  public static boolean isSecret(String option) {
    return Secrets.isSecret(option);
  }

  /**
   * An address without its secrets, and otherwise as it was: the user stays, the password does not;
   * options that are named like secrets are left out. It works where none of them is needed.
   */
  public static String withoutSecrets(String uri) {
    return Secrets.leftOut(uri);
  }
}
