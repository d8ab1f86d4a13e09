package io.tyer.store.zookeeper;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.AddressReader;
import io.tyer.store.network.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ZooKeeper store's address: {@code zookeeper://user:password@host:2181,host2,host3/path}.
 *
 * @param shown for messages, without the password
 * @param servers members to begin with, in the order given, each once
 * @param root the path below which everything is kept, such as {@code /tyer}
 * @param user who the client says it is, by the scheme {@code digest}; null for nobody
 * @param password the user's
 * @param owned whether nodes belong to whoever makes them (ACL {@code auth}), or to everybody
 * @param tick the servers' tickTime
 * @param tls whether connections are encrypted
 * @param verifies whether a server's certificate must bear the name by which it is reached
 * @param authorities PEM file of who is trusted; null for whom Java trusts
 * @param identity PEM file of the client's certificate and its key; null for none
 */
record ZooKeeperAddress(
    String shown,
    List<HostPort> servers,
    String root,
    @Nullable String user,
    @Nullable String password,
    boolean owned,
    Duration tick,
    boolean tls,
    boolean verifies,
    @Nullable Path authorities,
    @Nullable Path identity) {

  static final Set<String> SCHEMES = Set.of("zookeeper");

  private static final Set<String> OPTIONS =
      Set.of("tick", "acl", "tls", "tls-ca", "tls-cert", "tls-verify");
  private static final int USUAL_PORT = 2181;
  private static final String USUAL_ROOT = "/tyer";
  private static final Duration USUAL_TICK = Duration.ofSeconds(2);
  private static final Pattern ROOT = Pattern.compile("(/[A-Za-z0-9_.:@+=-]+)+");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming what is wrong and what would be right; no secrets
   */
  static ZooKeeperAddress of(StoreAddress address) {
    return new Reader(address).read();
  }

  /** What the client library is given: the members, without a path. */
  String connectString() {
    return servers.stream().map(HostPort::toString).collect(Collectors.joining(","));
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

    ZooKeeperAddress read() {
      reader.refuseOthers("the ZooKeeper store", OPTIONS);
      String location = address.location();
      if (!location.startsWith("//") || location.length() == 2) {
        throw reader.bad("a ZooKeeper store's address reads zookeeper://host:port,host:port/path");
      }
      AddressReader.Location at = reader.location();
      String user = at.user();
      String password = at.password() == null ? "" : at.password();
      if (user.isEmpty() != password.isEmpty()) {
        throw reader.bad("credentials are a user and a password: write user:password@");
      }
      if (user.indexOf(':') >= 0) {
        throw reader.bad("a user of ZooKeeper has no colon in its name");
      }
      boolean tls = oneOf("tls", "false", "true").equals("true");
      if (!tls) {
        reader.refuseTls(": add tls=true");
      }
      return new ZooKeeperAddress(
          address.toString(),
          reader.hosts("a server", at.hosts(), USUAL_PORT).stream().distinct().toList(),
          root(at.path()),
          user.isEmpty() ? null : user,
          user.isEmpty() ? null : password,
          oneOf("acl", user.isEmpty() ? "open" : "auth", "open", "auth").equals("auth"),
          tick(),
          tls,
          oneOf("tls-verify", "full", "ca").equals("full"),
          file("tls-ca"),
          file("tls-cert"));
    }

    private String root(String path) {
      if (path.isEmpty() || path.equals("/")) {
        return USUAL_ROOT;
      }
      boolean dots = List.of(path.split("/", -1)).stream().anyMatch(Reader::isDots);
      if (!ROOT.matcher(path).matches()
          || dots
          || path.equals("/zookeeper")
          || path.startsWith("/zookeeper/")) {
        throw reader.bad(
            "a path in ZooKeeper is made of letters, digits and _ . : @ + = - between slashes, does"
                + " not end with a slash, and does not begin with /zookeeper");
      }
      return path;
    }

    private static boolean isDots(String part) {
      return part.equals(".") || part.equals("..");
    }

    private String oneOf(String option, String usual, String... others) {
      String value = options.getOrDefault(option, usual);
      TreeSet<String> known = new TreeSet<>(List.of(others));
      known.add(usual);
      if (!known.contains(value)) {
        throw reader.bad(option + " is one of " + known + ", not '" + value + "'");
      }
      return value;
    }

    private Duration tick() {
      String text = options.get("tick");
      if (text == null) {
        return USUAL_TICK;
      }
      if (text.matches("[1-9][0-9]{0,5}ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      if (text.matches("[1-9][0-9]{0,2}s")) {
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
      }
      throw reader.bad("tick is the servers' tickTime, and reads 2s or 500ms, not '" + text + "'");
    }

    private @Nullable Path file(String option) {
      Path path = reader.file(option, "a PEM file");
      return path == null ? null : path.toAbsolutePath();
    }
  }

  /** Names the address, and no secret. */
  @Override
  public String toString() {
    return shown;
  }
}
