package io.tyer.store.redis;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.AddressReader;
import io.tyer.store.network.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final int REDIS_PORT = 6379;
  private static final int SENTINEL_PORT = 26379;
  private static final String PEM = "a PEM file";
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
    private final AddressReader reader;
    private final Map<String, String> options;

    Reader(StoreAddress address) {
      this.address = address;
      this.reader = new AddressReader(address);
      this.options = address.options();
    }

    RedisAddress read() {
      reader.refuseOthers("the Redis store", OPTIONS);
      String scheme = address.scheme();
      Kind kind =
          scheme.endsWith("-sentinel")
              ? Kind.SENTINEL
              : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SINGLE;
      String location = address.location();
      if (!location.startsWith("//") || location.length() == 2) {
        throw reader.bad("a Redis store's address reads " + scheme + "://host:port");
      }
      AddressReader.Location at = reader.location();
      List<HostPort> servers = servers(at.hosts(), kind);
      String user = at.user();
      if (!user.isEmpty() && at.password() == null) {
        throw reader.bad("a user is given without a password: write user:password@ or :password@");
      }
      boolean tls = scheme.startsWith("rediss");
      reader.requireKeyWithCertificate();
      if (!tls) {
        reader.refuseTls(": the address begins with rediss");
      }
      return new RedisAddress(
          address.toString(),
          kind,
          tls,
          servers,
          database(at.path(), kind),
          user.isEmpty() ? null : user,
          at.password(),
          options.get("sentinel-user"),
          options.get("sentinel-password"),
          master(kind),
          prefix(),
          number("replicas", 0, MOST_REPLICAS),
          replicasTimeout(),
          verifies(),
          reader.file("tls-ca", PEM),
          reader.file("tls-cert", PEM),
          reader.file("tls-key", PEM));
    }

    private List<HostPort> servers(String hosts, Kind kind) {
      List<HostPort> servers =
          reader.hosts("a server", hosts, kind == Kind.SENTINEL ? SENTINEL_PORT : REDIS_PORT);
      if (kind == Kind.SINGLE && servers.size() > 1) {
        throw reader.bad(
            "redis:// names one server; several are redis-sentinel:// or redis-cluster://");
      }
      return servers;
    }

    private int database(String path, Kind kind) {
      if (path.length() < 2) {
        return 0;
      }
      int database;
      try {
        database = Integer.parseInt(path.substring(1));
      } catch (NumberFormatException e) {
        database = -1;
      }
      if (database < 0) {
        throw reader.bad("what follows the server is the number of a database, such as /0");
      }
      if (kind == Kind.CLUSTER && database != 0) {
        throw reader.bad("a cluster has no database but 0");
      }
      return database;
    }

    private String master(Kind kind) {
      if (kind != Kind.SENTINEL && options.containsKey("master")) {
        throw reader.bad("option master belongs to redis-sentinel://");
      }
      return options.getOrDefault("master", "mymaster");
    }

    private String prefix() {
      String prefix = options.getOrDefault("prefix", "tyer");
      if (!prefix.matches("[A-Za-z0-9_.:-]{1,64}")) {
        throw reader.bad("a prefix is 1 to 64 letters, digits and _ . : -");
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
      throw reader.bad(
          option + " is a number from " + least + " to " + most + ", not '" + text + "'");
    }

    private Duration replicasTimeout() {
      String text = options.get("replicas-timeout");
      if (text == null) {
        return REPLICAS_TIMEOUT;
      }
      if (!options.containsKey("replicas")) {
        throw reader.bad("replicas-timeout needs replicas");
      }
      if (text.matches("[1-9][0-9]{0,4}ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      if (text.matches("[1-9][0-9]?s")) {
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
      }
      throw reader.bad("replicas-timeout reads 500ms or 2s, not '" + text + "'");
    }

    private boolean verifies() {
      String text = options.getOrDefault("tls-verify", "full");
      return switch (text) {
        case "full" -> true;
        case "ca" -> false;
        default ->
            throw reader.bad(
                "tls-verify is full (certificate and host name) or ca (certificate only), not '"
                    + text
                    + "'");
      };
    }
  }

  /** Names the address, and no secret. */
  @Override
  public String toString() {
    return shown;
  }
}
