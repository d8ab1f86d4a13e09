package io.tyer.store.remote;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.AddressReader;
import io.tyer.store.network.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock server's address: {@code tyer://host:port,host2,host3?tls-ca=ca.pem}.
 *
 * @param shown for messages
 * @param servers members to begin with, in the order given, each once
 * @param plaintext without TLS, on loopback
 * @param authorities PEM file of who is trusted; null for whom Java trusts
 * @param certificate PEM file of the client's certificate; null for none
 * @param certificateKey PEM file of its key; null for none
 * @param token file of the access token; null for the environment's, or none
 */
record RemoteAddress(
    String shown,
    List<HostPort> servers,
    boolean plaintext,
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path certificateKey,
    @Nullable Path token) {

  static final Set<String> SCHEMES = Set.of("tyer");

  static final int USUAL_PORT = 7878;

  private static final String FILE = "a file";
  private static final Set<String> OPTIONS =
      Set.of("plaintext", "tls-ca", "tls-cert", "tls-key", "token-file");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming what is wrong and what would be right
   */
  static RemoteAddress of(StoreAddress address) {
    return new Reader(address).read();
  }

  private static final class Reader {
    private final StoreAddress address;
    private final AddressReader reader;
    private final Map<String, String> options;

    Reader(StoreAddress address) {
      this.address = address;
      this.reader = new AddressReader(address);
      this.options = address.options();
    }

    RemoteAddress read() {
      if (options.containsKey("token")) {
        throw new IllegalArgumentException(
            "an access token does not belong into an address, which others may see: name a file"
                + " that holds it with token-file, or put it into the environment as "
                + Credential.VARIABLE);
      }
      reader.refuseOthers("the lock server's store", OPTIONS);
      List<HostPort> servers = servers();
      boolean plaintext = plaintext(servers);
      reader.requireKeyWithCertificate();
      return new RemoteAddress(
          address.toString(),
          servers,
          plaintext,
          reader.file("tls-ca", FILE),
          reader.file("tls-cert", FILE),
          reader.file("tls-key", FILE),
          reader.file("token-file", FILE));
    }

    private List<HostPort> servers() {
      String location = address.location();
      if (location.indexOf('@') >= 0) {
        throw reader.bad(
            "a lock server's address has neither user nor password: clients are known by their"
                + " access tokens (token-file) or certificates (tls-cert, tls-key)");
      }
      String hosts = location.startsWith("//") ? location.substring(2) : "";
      if (hosts.endsWith("/")) {
        hosts = hosts.substring(0, hosts.length() - 1);
      }
      if (hosts.isEmpty()) {
        throw reader.bad("a lock server's address reads tyer://host:port,host:port");
      }
      return reader.hosts("a server", hosts, USUAL_PORT).stream()
          .map(HostPort::inLowerCase)
          .distinct()
          .toList();
    }

    private boolean plaintext(List<HostPort> servers) {
      String text = options.getOrDefault("plaintext", "false");
      if (text.equals("false")) {
        return false;
      }
      if (!text.equals("true")) {
        throw reader.bad("plaintext is true or false, not '" + text + "'");
      }
      for (HostPort server : servers) {
        if (!server.isLoopback()) {
          throw reader.bad(
              "plaintext=true is for localhost, 127.0.0.1 and [::1] only, not for "
                  + server
                  + ": whoever sees a session's secret can give its locks away. Leave it out, and"
                  + " name the server's authority with tls-ca");
        }
      }
      reader.refuseTls(", which plaintext=true leaves out");
      return true;
    }
  }

  /** The address as it was given. */
  @Override
  public String toString() {
    return shown;
  }
}
