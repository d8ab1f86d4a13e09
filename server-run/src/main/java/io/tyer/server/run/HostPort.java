package io.tyer.server.run;

import io.tyer.command.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A place in the network, as people write it.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {

  /**
   * Reads {@code host:port}, {@code host} or {@code [v6]:port}.
   *
   * @param what for the message, such as {@code --listen}
   */
  static HostPort parse(String what, String text, int defaultPort) {
    String host = text;
    int port = defaultPort;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    int end = text.indexOf(']');
    if (bracketed && end < 0) {
      throw malformed(what, text);
    }
    if (colon > end && (bracketed || text.indexOf(':') == colon)) {
      host = text.substring(0, colon);
      String digits = text.substring(colon + 1);
      port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    }
    if (bracketed) {
      if (!host.endsWith("]")) {
        throw malformed(what, text);
      }
      host = host.substring(1, host.length() - 1);
    }
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw malformed(what, text);
    }
    return new HostPort(host, port);
  }

  private static Refusal malformed(String what, String text) {
    return Refusal.usage(
        what + " wants host:port, such as localhost:7878 or [::1]:7878; not '" + text + "'");
  }

  /** With the address that the host has now. */
  InetSocketAddress resolved(String what) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw Refusal.usage(what + ": there is no host '" + host + "'");
    }
    return address;
  }

  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
