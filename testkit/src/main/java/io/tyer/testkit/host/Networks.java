package io.tyer.testkit.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Set;
import java.util.stream.Collectors;

/** Private networks that nobody on this host uses. */
public final class Networks {

  private static final int NETWORKS = 250;

  private Networks() {}

  /**
   * The number of a free one, such that no interface has an address that begins with {@code
   * net.number.}; first tried is one that goes by this process's id.
   *
   * @param net the first two numbers and a dot after each, such as {@code 10.78.}
   */
  public static int free(String net) throws IOException {
    Set<String> taken =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toSet());
    return free(net, (int) (ProcessHandle.current().pid() % NETWORKS), taken);
  }

  static int free(String net, int wanted, Set<String> taken) throws IOException {
    for (int i = 0; i < NETWORKS; i++) {
      int candidate = (wanted + i) % NETWORKS;
      String begin = net + candidate + ".";
      if (taken.stream().noneMatch(address -> address.startsWith(begin))) {
        return candidate;
      }
    }
    throw new IOException("no network in " + net + "0.0/16 is free");
  }
}
