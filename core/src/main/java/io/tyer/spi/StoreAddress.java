package io.tyer.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A store's address, as in {@code file:/var/lib/tyer?ttl=5s}: scheme, location, options.
 *
 * @param scheme the part before the first colon, in lower case
 * @param location what stands between the scheme and the query, undecoded; may hold a password
 * @param options the query's options, decoded, in order
 */
public record StoreAddress(String scheme, String location, Map<String, String> options) {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

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
    if (colon < 0 || !SCHEME.matcher(uri.substring(0, colon)).matches()) {
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
          "a % in a store's address is followed by two hexadecimal digits: " + mask(uri), e);
    }
    if (options.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("option " + key + " is given twice: " + mask(uri));
    }
  }

  /** This address with other options. */
  public StoreAddress withOptions(Map<String, String> others) {
    return new StoreAddress(scheme, location, others);
  }

  /** The address with every password replaced by {@code ***}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append(':').append(location);
    char separator = '?';
    for (Map.Entry<String, String> option : options.entrySet()) {
      boolean secret = Passwords.isNamed(option.getKey());
      text.append(separator).append(option.getKey()).append('=');
      text.append(secret ? Passwords.MASK : option.getValue());
      separator = '&';
    }
    return mask(text.toString());
  }

  /** Any text with the passwords of addresses in it replaced by {@code ***}. */
  public static String mask(String uri) {
    return Passwords.mask(uri);
  }
}
