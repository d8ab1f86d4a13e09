package io.tyer.server;

import io.tyer.server.tls.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** How members know each other. Whoever is taken for a member can write the log: all of it. */
public sealed interface PeerSecurity {

  /** There are no others: no port is opened for them. */
  record Alone() implements PeerSecurity {}

  /**
   * Members prove to each other who they are, over TLS.
   *
   * @param files its authorities have signed members' certificates only
   */
  record Tls(TlsFiles files) implements PeerSecurity {}

  /**
   * In plain text, and anybody who reaches the port is taken for a member: for tests, where
   * everybody on this machine may do everything.
   */
  record Insecure() implements PeerSecurity {}

  /**
   * Checks whether members' connections are secured enough for where they come from.
   *
   * @param peerAddress host:port
   * @param toBeFound whether others are to find this member there
   * @throws IllegalArgumentException if they are not; it says what to do
   */
  static void check(PeerSecurity security, String peerAddress, boolean toBeFound) {
    int colon = peerAddress.lastIndexOf(':');
    String host = colon < 0 ? "" : peerAddress.substring(0, colon);
    if (host.isEmpty() || !Pattern.matches("[0-9]{1,5}", peerAddress.substring(colon + 1))) {
      throw new IllegalArgumentException(
          "'" + peerAddress + "' is no address for other members: host:port is one");
    }
    if (security instanceof Tls tls && tls.files().trusted().isEmpty()) {
      throw new IllegalArgumentException(
          "Members prove to each other who they are: give the authorities that sign members'"
              + " certificates, and nobody else's");
    }
    if (security instanceof Alone && toBeFound) {
      throw new IllegalArgumentException(
          "At "
              + peerAddress
              + ", the address for other members, anybody could write the log: give members"
              + " certificates, keys and the authorities that sign members' certificates"
              + " (--peer-tls-cert, --peer-tls-key, --peer-ca); for a test on this machine,"
              + " --insecure-peers lets everybody on it do so");
    }
    if (security instanceof Insecure && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "The address for other members, "
              + peerAddress
              + ", is beyond loopback, where anybody could write the log: give members"
              + " certificates, keys and the authorities that sign members' certificates");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException notHere) {
      return false;
    }
  }
}
