package io.tyer.store.redis;

import io.tyer.spi.StoreAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Redis store's address: {@code redis://user:password@host:6379/0?replicas=1}, {@code rediss://}
 * with TLS, {@code redis-sentinel://s1,s2,s3/0?master=name}, {@code redis-cluster://n1,n2}, and
 * both of these with {@code rediss-}.
 */
record RedisAddress(
    String shown,
    Kind kind,
    boolean tls,
    List<HostPort> servers,
    int database,
    @Nullable String user,
    @Nullable String password,
    @Nullable String sentinelUser,
    @Nullable String sentinelPassword,
    String master,
    String prefix,
    int replicas,
    Duration replicasTimeout,
    boolean verifies,
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path certificateKey) {

  /** How many servers there are, and who knows which one to ask. */
  enum Kind {
    SINGLE,
    SENTINEL,
    CLUSTER
  }

  static final Set<String> SCHEMES =
      Set.of(
          "redis",
          "rediss",
          "redis-sentinel",
          "rediss-sentinel",
          "redis-cluster",
          "rediss-cluster");

  private static final Set<String> OPTIONS =
      Set.of(
          "prefix",
          "replicas",
          "replicas-timeout",
          "master",
          "sentinel-user",
          "sentinel-password",
          "tls-verify",
          "tls-ca",
          "tls-cert",
          "tls-key");

  private static final int MOST_REPLICAS = 100;
  private static final Duration REPLICAS_TIMEOUT = Duration.ofMillis(500);

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming what is wrong and what would be right; no secrets
   */
  static RedisAddress of(StoreAddress address) {
    return new Reader(address).read();
  }

  private static final class Reader {
    private final StoreAddress address;
    private final Map<String, String> options;

    Reader(StoreAddress address) {
      this.address = address;
      this.options = address.options();
    }

    RedisAddress read() {
      TreeSet<String> unknown = new TreeSet<>(options.keySet());
      unknown.removeAll(OPTIONS);
      if (!unknown.isEmpty()) {
        throw bad(
            "the Redis store does not know the options "
                + shown(unknown)
                + "; it knows "
                + new TreeSet<>(OPTIONS));
      }
      String scheme = address.scheme();
      Kind kind =
          scheme.endsWith("-sentinel")
              ? Kind.SENTINEL
              : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SINGLE;
      String location = address.location();
      if (!location.startsWith("//") || location.length() == 2) {
        throw bad("a Redis store's address reads " + scheme + "://host:port");
      }
      String rest = location.substring(2);
      int at = rest.lastIndexOf('@');
      String credentials = at < 0 ? "" : rest.substring(0, at);
      rest = rest.substring(at + 1);
      int slash = rest.indexOf('/');
      String path = slash < 0 ? "" : rest.substring(slash + 1);
      List<HostPort> servers = servers(slash < 0 ? rest : rest.substring(0, slash), kind);
      int colon = credentials.indexOf(':');
      String user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
      String password = colon < 0 ? null : decoded(credentials.substring(colon + 1));
      if (!user.isEmpty() && password == null) {
        throw bad("a user is given without a password: write user:password@ or :password@");
      }
      boolean tls = scheme.startsWith("rediss");
      boolean certificate = options.containsKey("tls-cert");
      if (certificate != options.containsKey("tls-key")) {
        throw bad("tls-cert and tls-key are given together or not at all");
      }
      for (String option : options.keySet()) {
        if (option.startsWith("tls-") && !tls) {
          throw bad("option " + option + " needs TLS: the address begins with rediss");
        }
      }
      return new RedisAddress(
          address.toString(),
          kind,
          tls,
          servers,
          database(path, kind),
          user.isEmpty() ? null : user,
          password,
          options.get("sentinel-user"),
          options.get("sentinel-password"),
          master(kind),
          prefix(),
          number("replicas", 0, MOST_REPLICAS),
          replicasTimeout(),
          verifies(),
          path("tls-ca"),
          path("tls-cert"),
          path("tls-key"));
    }

    /** What follows an unescaped ? in a password looks like options, and is not shown. */
    private static String shown(Set<String> unknown) {
      return unknown.stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+"))
          ? unknown.toString()
          : "given (a ? in a password is written as %3F)";
    }

    private List<HostPort> servers(String hosts, Kind kind) {
      List<HostPort> servers = new ArrayList<>();
      for (String host : hosts.split(",", -1)) {
        servers.add(
            HostPort.parse(host, kind == Kind.SENTINEL ? HostPort.SENTINEL : HostPort.REDIS));
      }
      if (kind == Kind.SINGLE && servers.size() > 1) {
        throw bad("redis:// names one server; several are redis-sentinel:// or redis-cluster://");
      }
      return List.copyOf(servers);
    }

    private int database(String path, Kind kind) {
      if (path.isEmpty()) {
        return 0;
      }
      int database;
      try {
        database = Integer.parseInt(path);
      } catch (NumberFormatException e) {
        database = -1;
      }
      if (database < 0) {
        throw bad("what follows the server is the number of a database, such as /0");
      }
      if (kind == Kind.CLUSTER && database != 0) {
        throw bad("a cluster has no database but 0");
      }
      return database;
    }

    private String master(Kind kind) {
      if (kind != Kind.SENTINEL && options.containsKey("master")) {
        throw bad("option master belongs to redis-sentinel://");
      }
      return options.getOrDefault("master", "mymaster");
    }

    private String prefix() {
      String prefix = options.getOrDefault("prefix", "tyer");
      if (!prefix.matches("[A-Za-z0-9_.:-]{1,64}")) {
        throw bad("a prefix is 1 to 64 letters, digits and _ . : -");
      }
      return prefix;
    }

    private int number(String option, int least, int most) {
      String text = options.get(option);
      if (text == null) {
        return least;
      }
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Refused below.
      }
      throw bad(option + " is a number from " + least + " to " + most + ", not '" + text + "'");
    }

    private Duration replicasTimeout() {
      String text = options.get("replicas-timeout");
      if (text == null) {
        return REPLICAS_TIMEOUT;
      }
      if (!options.containsKey("replicas")) {
        throw bad("replicas-timeout needs replicas");
      }
      if (text.matches("[1-9][0-9]{0,4}ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      if (text.matches("[1-9][0-9]?s")) {
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
      }
      throw bad("replicas-timeout reads 500ms or 2s, not '" + text + "'");
    }

    private boolean verifies() {
      String text = options.getOrDefault("tls-verify", "full");
      return switch (text) {
        case "full" -> true;
        case "ca" -> false;
        default ->
            throw bad(
                "tls-verify is full (certificate and host name) or ca (certificate only), not '"
                    + text
                    + "'");
      };
    }

    private @Nullable Path path(String option) {
      String text = options.get(option);
      if (text == null) {
        return null;
      }
      try {
        Path path = Path.of(text);
        if (path.toFile().canRead()) {
          return path;
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
