package io.tyer.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.spi.StoreAddress;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A database's address: a JDBC URL, with options of this store among those of the driver.
 *
 * @param shown without secrets
 * @param url what the driver is given
 * @param credentials what it is given besides: {@code user} and {@code password}
 * @param prefix with what the names of its tables begin
 * @param create whether tables are made where there are none
 * @param connections how many connections there may be, besides the one that listens
 * @param listenUrl where that one is made, if elsewhere; may hold a password
 */
record JdbcAddress(
    String shown,
    String url,
    Map<String, String> credentials,
    Dialect dialect,
    String prefix,
    boolean create,
    int connections,
    Optional<String> listenUrl) {

  private static final String PREFIX = "prefix";
  private static final String CREATE = "create";
  private static final String CONNECTIONS = "connections";
  private static final String LISTEN_URL = "listen-url";
  private static final Set<String> OPTIONS = Set.of(PREFIX, CREATE, CONNECTIONS, LISTEN_URL);

  private static final String SQLITE_MEMORY =
      "a database in SQLite's memory has one connection only; name a file";

  /** In the place of a database, where connections are given. */
  private static final String DATA_SOURCE = "datasource";

  private static final Set<String> CREDENTIALS = Set.of("user", "password");

  private static final int USUAL_CONNECTIONS = 10;
  private static final int MOST_CONNECTIONS = 1000;

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming what is wrong and what would be right; no secrets
   */
  static JdbcAddress of(StoreAddress address) {
    Dialect dialect =
        Dialect.ofLocation(address.location())
            .orElseThrow(
                () ->
                    bad(
                        address,
                        address.location().equals(DATA_SOURCE)
                            ? "jdbc:datasource needs a DataSource:"
                                + " Tyer.builder(…).provider(JdbcStores.of(dataSource))"
                            : "of databases, Tyer knows jdbc:postgresql:, jdbc:mysql:, jdbc:mariadb:,"
                                + " jdbc:h2: and jdbc:sqlite:"));
    Map<String, String> own = new TreeMap<>(address.options());
    own.keySet().retainAll(OPTIONS);
    Map<String, String> driver = new TreeMap<>(address.options());
    driver.keySet().removeAll(OPTIONS);
    refuseWhatCannotBeShared(address, dialect);
    // Beside the URL, which drivers quote where they cannot read it.
    Map<String, String> credentials = new TreeMap<>(driver);
    credentials.keySet().retainAll(CREDENTIALS);
    driver.keySet().removeAll(CREDENTIALS);
    if (dialect == Dialect.H2 && !driver.isEmpty()) {
      throw bad(
          address,
          "settings of H2 are written ;NAME=value behind the database; this store's own options are "
              + new TreeSet<>(OPTIONS));
    }
    return new JdbcAddress(
        address.withOptions(Map.of()).toString(),
        url(address.location(), driver),
        credentials,
        dialect,
        prefix(address, own),
        create(address, own),
        connections(address, own, dialect),
        listenUrl(address, own, dialect));
  }

  /**
   * Refuses what is no address of a store whose connections are given.
   *
   * @throws IllegalArgumentException naming what is wrong and what would be right; no secrets
   */
  static void requireDataSource(StoreAddress address) {
    if (!address.location().equals(DATA_SOURCE)) {
      throw bad(address, "with a DataSource the address is jdbc:" + DATA_SOURCE + ", not");
    }
    Set<String> unknown = new TreeSet<>(address.options().keySet());
    unknown.removeAll(Set.of(PREFIX, CREATE, LISTEN_URL));
    if (!unknown.isEmpty()) {
      throw bad(
          address,
          "options of a store on a DataSource are create, listen-url and prefix, not "
              + String.join(", ", unknown)
              + ": connections are the DataSource's own");
    }
  }

  /**
   * The address of a store whose connections are given.
   *
   * @param address one that {@link #requireDataSource} lets pass
   * @param url what the driver says where it leads
   * @throws IllegalArgumentException if each connection leads to a database of its own, or to a
   *     server of H2
   */
  static JdbcAddress ofDataSource(StoreAddress address, String url, Dialect dialect) {
    refuseWhatNobodyElseSees(address, url.replaceFirst("^jdbc:", ""), dialect);
    // Options may hold secrets, and say nothing of where it is.
    String place = StoreAddress.mask(url.replaceFirst("[?;(].*", ""));
    return new JdbcAddress(
        "jdbc:" + DATA_SOURCE + " (" + place + ")",
        url,
        Map.of(),
        dialect,
        prefix(address, address.options()),
        create(address, address.options()),
        0,
        listenUrl(address, address.options(), dialect));
  }

  /** Databases that other connections do not see, or that vanish with the last one. */
  private static void refuseWhatCannotBeShared(StoreAddress address, Dialect dialect) {
    refuseWhatNobodyElseSees(address, address.location(), dialect);
    String upper = address.location().toUpperCase(Locale.ROOT);
    if (dialect == Dialect.SQLITE && "memory".equals(address.options().get("mode"))) {
      throw bad(address, SQLITE_MEMORY);
    }
    if (dialect == Dialect.H2
        && upper.startsWith("H2:MEM:")
        && !upper.contains(";DB_CLOSE_DELAY=-1")) {
      throw bad(
          address,
          "a database in H2's memory vanishes with its last connection unless its URL says"
              + " ;DB_CLOSE_DELAY=-1");
    }
  }

  private static void refuseWhatNobodyElseSees(
      StoreAddress address, String location, Dialect dialect) {
    String upper = location.toUpperCase(Locale.ROOT);
    if (dialect == Dialect.SQLITE
        && (upper.equals("SQLITE:")
            || upper.contains(":MEMORY:")
            || upper.contains("MODE=MEMORY"))) {
      throw bad(address, SQLITE_MEMORY);
    }
    if (dialect == Dialect.H2 && (upper.startsWith("H2:TCP:") || upper.startsWith("H2:SSL:"))) {
      throw bad(address, "H2 is used within a process, as h2:mem: or h2:file:, not as a server");
    }
    if (dialect == Dialect.H2 && (upper.equals("H2:MEM:") || upper.startsWith("H2:MEM:;"))) {
      throw bad(address, "a database in H2's memory needs a name, or nobody shares it");
    }
  }

  private static String url(String location, Map<String, String> options) {
    String url = "jdbc:" + location;
    if (options.isEmpty()) {
      return url;
    }
    return url
        + "?"
        + options.entrySet().stream()
            .map(
                o ->
                    URLEncoder.encode(o.getKey(), UTF_8)
                        + "="
                        + URLEncoder.encode(o.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
  }

  private static String prefix(StoreAddress address, Map<String, String> own) {
    try {
      return TablePrefix.checked(own.getOrDefault(PREFIX, "tyer"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ": " + address, e);
    }
  }

  private static boolean create(StoreAddress address, Map<String, String> own) {
    String create = own.getOrDefault(CREATE, "true");
    if (!create.equals("true") && !create.equals("false")) {
      throw bad(address, "create is true or false, not '" + create + "'");
    }
    return create.equals("true");
  }

  private static int connections(StoreAddress address, Map<String, String> own, Dialect dialect) {
    // One process writes a file of SQLite one statement after the other in any case.
    int usual = dialect == Dialect.SQLITE ? 1 : USUAL_CONNECTIONS;
    String text = own.getOrDefault(CONNECTIONS, Integer.toString(usual));
    if (text.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MOST_CONNECTIONS) {
        return number;
      }
    }
    throw bad(
        address, "connections is a number from 1 to " + MOST_CONNECTIONS + ", not '" + text + "'");
  }

  private static Optional<String> listenUrl(
      StoreAddress address, Map<String, String> own, Dialect dialect) {
    String url = own.get(LISTEN_URL);
    if (url == null) {
      return Optional.empty();
    }
    if (dialect != Dialect.POSTGRESQL) {
      throw bad(
          address, LISTEN_URL + " is for PostgreSQL: no other database tells clients anything");
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw bad(
          address,
          LISTEN_URL
              + " is a URL of PostgreSQL's driver, percent-encoded, as in"
              + " listen-url=jdbc%3Apostgresql%3A%2F%2Fserver%2Fdb, and not '"
              + StoreAddress.mask(url)
              + "'");
    }
    return Optional.of(url);
  }

  private static IllegalArgumentException bad(StoreAddress address, String what) {
    return new IllegalArgumentException(what + ": " + address);
  }

  /** Names the address, and no secret. */
  @Override
  public String toString() {
    return shown;
  }
}
