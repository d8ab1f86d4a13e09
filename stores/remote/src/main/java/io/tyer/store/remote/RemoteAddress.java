package io.tyer.store.remote;

import io.tyer.spi.StoreAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    private final Map<String, String> options;

    Reader(StoreAddress address) {
      this.address = address;
      this.options = address.options();
    }

    RemoteAddress read() {
      if (options.containsKey("token")) {
        throw new IllegalArgumentException(
            "an access token does not belong into an address, which others may see: name a file"
                + " that holds it with token-file, or put it into the environment as "
                + Credential.VARIABLE);
      }
      TreeSet<String> unknown = new TreeSet<>(options.keySet());
      unknown.removeAll(OPTIONS);
      if (!unknown.isEmpty()) {
        throw bad(
            "the lock server's store does not know the options "
                + unknown
                + "; it knows "
                + new TreeSet<>(OPTIONS));
      }
      List<HostPort> servers = servers();
      boolean plaintext = plaintext(servers);
      if (options.containsKey("tls-cert") != options.containsKey("tls-key")) {
        throw bad("tls-cert and tls-key are given together or not at all");
      }
      return new RemoteAddress(
          address.toString(),
          servers,
          plaintext,
          file("tls-ca"),
          file("tls-cert"),
          file("tls-key"),
          file("token-file"));
    }

    private List<HostPort> servers() {
      String location = address.location();
      if (location.indexOf('@') >= 0) {
        throw bad(
            "a lock server's address has neither user nor password: clients are known by their"
                + " access tokens (token-file) or certificates (tls-cert, tls-key)");
      }
      String hosts = location.startsWith("//") ? location.substring(2) : "";
      if (hosts.endsWith("/")) {
        hosts = hosts.substring(0, hosts.length() - 1);
      }
      if (hosts.isEmpty()) {
        throw bad("a lock server's address reads tyer://host:port,host:port");
      }
      Set<HostPort> servers = new LinkedHashSet<>();
      for (String host : hosts.split(",", -1)) {
        servers.add(HostPort.parse(host));
      }
      return List.copyOf(servers);
    }

    private boolean plaintext(List<HostPort> servers) {
      String text = options.getOrDefault("plaintext", "false");
      if (text.equals("false")) {
        return false;
      }
      if (!text.equals("true")) {
        throw bad("plaintext is true or false, not '" + text + "'");
      }
      for (HostPort server : servers) {
        if (!server.isLoopback()) {
          throw bad(
              "plaintext=true is for localhost, 127.0.0.1 and [::1] only, not for "
                  + server
                  + ": whoever sees a session's secret can give its locks away. Leave it out, and"
                  + " name the server's authority with tls-ca");
        }
      }
      for (String option : options.keySet()) {
        if (option.startsWith("tls-")) {
          throw bad("option " + option + " needs TLS, which plaintext=true leaves out");
        }
      }
      return true;
    }

    private @Nullable Path file(String option) {
      String text = options.get(option);
      if (text == null) {
        return null;
      }
      try {
        Path path = Path.of(text);
        if (Files.isRegularFile(path) && Files.isReadable(path)) {
          return path;
        }
      } catch (InvalidPathException e) {
        // Refused below.
      }
      throw bad(option + " names a file that cannot be read: " + text);
    }

    private IllegalArgumentException bad(String what) {
      return new IllegalArgumentException(what + ": " + address);
    }
  }

  /** The address as it was given. */
  @Override
  public String toString() {
    return shown;
  }
}
