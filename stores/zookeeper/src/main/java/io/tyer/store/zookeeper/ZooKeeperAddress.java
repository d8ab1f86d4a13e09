package io.tyer.store.zookeeper;

import io.tyer.spi.StoreAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
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
    private final Map<String, String> options;

    Reader(StoreAddress address) {
      this.address = address;
      this.options = address.options();
    }

    ZooKeeperAddress read() {
      TreeSet<String> unknown = new TreeSet<>(options.keySet());
      unknown.removeAll(OPTIONS);
      if (!unknown.isEmpty()) {
        throw bad(
            "the ZooKeeper store does not know the options "
                + shown(unknown)
                + "; it knows "
                + new TreeSet<>(OPTIONS));
      }
      String location = address.location();
      if (!location.startsWith("//") || location.length() == 2) {
        throw bad("a ZooKeeper store's address reads zookeeper://host:port,host:port/path");
      }
      String rest = location.substring(2);
      int at = rest.lastIndexOf('@');
      String credentials = at < 0 ? "" : rest.substring(0, at);
      rest = rest.substring(at + 1);
      int slash = rest.indexOf('/');
      String root = slash < 0 ? "" : rest.substring(slash);
      int colon = credentials.indexOf(':');
      String user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
      String password = colon < 0 ? "" : decoded(credentials.substring(colon + 1));
      if (user.isEmpty() != password.isEmpty()) {
        throw bad("credentials are a user and a password: write user:password@");
      }
      if (user.indexOf(':') >= 0) {
        throw bad("a user of ZooKeeper has no colon in its name");
      }
      boolean tls = oneOf("tls", "false", "true").equals("true");
      for (String option : options.keySet()) {
        if (option.startsWith("tls-") && !tls) {
          throw bad("option " + option + " needs TLS: add tls=true");
        }
      }
      return new ZooKeeperAddress(
          address.toString(),
          servers(slash < 0 ? rest : rest.substring(0, slash)),
          root(root),
          user.isEmpty() ? null : user,
          user.isEmpty() ? null : password,
          oneOf("acl", user.isEmpty() ? "open" : "auth", "open", "auth").equals("auth"),
          tick(),
          tls,
          oneOf("tls-verify", "full", "ca").equals("full"),
          file("tls-ca"),
          file("tls-cert"));
    }

    /** What follows an unescaped ? in a password looks like options, and is not shown. */
    private static String shown(Set<String> unknown) {
      return unknown.stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+"))
          ? unknown.toString()
          : "given (a ? in a password is written as %3F)";
    }

    private static List<HostPort> servers(String hosts) {
      Set<HostPort> servers = new LinkedHashSet<>();
      for (String host : hosts.split(",", -1)) {
        servers.add(HostPort.parse(host));
      }
      return List.copyOf(servers);
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
        throw bad(
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
        throw bad(option + " is one of " + known + ", not '" + value + "'");
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
      throw bad("tick is the servers' tickTime, and reads 2s or 500ms, not '" + text + "'");
    }

    private @Nullable Path file(String option) {
      String text = options.get(option);
      if (text == null) {
        return null;
      }
      try {
        Path path = Path.of(text);
        if (path.toFile().isFile() && path.toFile().canRead()) {
          return path.toAbsolutePath();
        }
      } catch (InvalidPathException e) {
        // Refused below.
      }
      throw bad(option + " names a PEM file that cannot be read: " + text);
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

    private IllegalArgumentException bad(String what) {
      return new IllegalArgumentException(what + ": " + address);
    }
  }

  /** Names the address, and no secret. */
  @Override
  public String toString() {
    return shown;
  }
}
