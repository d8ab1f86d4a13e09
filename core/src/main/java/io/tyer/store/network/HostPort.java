package io.tyer.store.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a server listens for clients.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

  /**
   * Reads {@code host}, {@code host:port} or {@code [ipv6]:port}.
   *
   * @param what it is, for the message, such as {@code a server}
   * @throws IllegalArgumentException if it is none of them
   */
  public static HostPort parse(String what, String text, int defaultPort) {
    int close = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', Math.max(close, 0));
    String host;
    if (close > 0) {
      host = text.substring(1, close);
    } else {
      host = colon < 0 ? text : text.substring(0, colon);
    }
    boolean bracketsFit = close < 0 || close == text.length() - 1 || colon == close + 1;
    boolean oneColon = close >= 0 || colon < 0 || text.indexOf(':', colon + 1) < 0;
    if (!bracketsFit || !oneColon || !isHost(host)) {
      throw new IllegalArgumentException(
          what + " is written as host, host:port or [ipv6]:port, not '" + text + "'");
    }
    return new HostPort(host, colon < 0 ? defaultPort : portOf(text.substring(colon + 1)));
  }

  private static boolean isHost(String host) {
    return !host.isEmpty()
        && host.chars().noneMatch(c -> Character.isWhitespace(c) || "@/[]?#".indexOf(c) >= 0);
  }

  private static int portOf(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not '" + text + "'");
    }
    return port;
  }

  /** The same place; two that differ only in case are equal then. */
  public HostPort inLowerCase() {
    return new HostPort(host.toLowerCase(Locale.ROOT), port);
  }

  /**
   * Whether it is this machine, by its text alone: names are not looked up, but for the one that
   * always is.
   */
  public boolean isLoopback() {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9]+(\\.[0-9]+){3}");
    try {
      return literal && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
