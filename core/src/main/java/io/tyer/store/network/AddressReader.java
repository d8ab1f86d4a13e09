package io.tyer.store.network;

import io.tyer.spi.StoreAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address such as {@code scheme://user:password@host:port,host2/path?tls-ca=ca.pem}. What
 * is wrong with one is told by an {@code IllegalArgumentException} that holds no secrets.
 */
public final class AddressReader {

  private final StoreAddress address;
  private final Map<String, String> options;

  /** Of this address. */
  public AddressReader(StoreAddress address) {
    this.address = address;
    this.options = address.options();
  }

  /**
   * What stands before the options.
   *
   * @param user decoded; empty if there is none
   * @param password decoded; null if there is none
   * @param hosts as they were written
   * @param path with the slash at its beginning; empty if there is none
   */
  public record Location(String user, @Nullable String password, String hosts, String path) {}

  /** The location, of which the two slashes at its beginning were seen. */
  public Location location() {
    String rest = address.location().substring(2);
    int at = rest.lastIndexOf('@');
    String credentials = at < 0 ? "" : rest.substring(0, at);
    rest = rest.substring(at + 1);
    int slash = rest.indexOf('/');
    int colon = credentials.indexOf(':');
    return new Location(
        decoded(colon < 0 ? credentials : credentials.substring(0, colon)),
        colon < 0 ? null : decoded(credentials.substring(colon + 1)),
        slash < 0 ? rest : rest.substring(0, slash),
        slash < 0 ? "" : rest.substring(slash));
  }

  @SuppressWarnings("UnusedException") // It quotes what follows the %, a part of the secret.
  private String decoded(String text) {
    try {
      // A plus is a plus here: it stands before the query.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("a % in user or password is followed by two hexadecimal digits");
    }
  }

  /**
   * Those that are joined by commas.
   *
   * @param what each is, for the message, such as {@code a server}
   */
  public List<HostPort> hosts(String what, String text, int defaultPort) {
    List<HostPort> hosts = new ArrayList<>();
    for (String host : text.split(",", -1)) {
      hosts.add(HostPort.parse(what, host, defaultPort));
    }
    return List.copyOf(hosts);
  }

  /** Refuses options other than these. */
  public void refuseOthers(String store, Set<String> known) {
    TreeSet<String> unknown = new TreeSet<>(options.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw bad(
          store
              + " does not know the options "
              + shown(unknown)
              + "; it knows "
              + new TreeSet<>(known));
    }
  }

  /** What follows an unescaped ? in a password looks like options, and is not shown. */
  private static String shown(Set<String> unknown) {
    return unknown.stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+"))
        ? unknown.toString()
        : "given (a ? in a password is written as %3F)";
  }

  /** Refuses one of a client's certificate and its key without the other. */
  public void requireKeyWithCertificate() {
    if (options.containsKey("tls-cert") != options.containsKey("tls-key")) {
      throw bad("tls-cert and tls-key are given together or not at all");
    }
  }

  /**
   * Refuses the options of TLS.
   *
   * @param why it is not spoken, behind that the option needs it
   */
  public void refuseTls(String why) {
    for (String option : options.keySet()) {
      if (option.startsWith("tls-")) {
        throw bad("option " + option + " needs TLS" + why);
      }
    }
  }

  /** The file that an option names; null if it is not given. */
  public @Nullable Path file(String option, String what) {
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
    throw bad(option + " names " + what + " that cannot be read: " + text);
  }

  /** To be thrown: what is wrong, and with which address. */
  public IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(what + ": " + address);
  }
}
