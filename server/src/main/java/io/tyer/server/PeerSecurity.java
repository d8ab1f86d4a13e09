package io.tyer.server;

import io.tyer.server.tls.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether members' connections are secured enough for where they come from. */
final class PeerSecurity {

  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private PeerSecurity() {}

  static void check(String peerAddress, Optional<TlsFiles> tls) {
    int colon = peerAddress.lastIndexOf(':');
    String host = colon < 0 ? "" : peerAddress.substring(0, colon);
    if (host.isEmpty() || !PORT.matcher(peerAddress.substring(colon + 1)).matches()) {
      throw new IllegalArgumentException(
          "'" + peerAddress + "' is no address for other members: host:port is one");
    }
    if (tls.isPresent()) {
      if (tls.get().trusted().isEmpty()) {
        throw new IllegalArgumentException(
            "Members prove to each other who they are: give the authorities that sign members'"
                + " certificates, and nobody else's");
      }
      return;
    }
    if (!isLoopback(host)) {
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
