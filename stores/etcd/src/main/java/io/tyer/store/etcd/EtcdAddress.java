package io.tyer.store.etcd;

import io.tyer.spi.StoreAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
 * An address of etcd: {@code etcd://user:password@host:port,host2,host3/path?tls-ca=ca.pem}.
 *
 * @param shown for messages
 * @param tls whether connections are encrypted
 * @param members to choose from, in the order given, each once
 * @param path below which all keys are, without the slash at its end
 * @param user as whom the client proves itself; null for nobody
 * @param password of that user; null if there is none
 * @param authorities PEM file of who is trusted; null for whom Java trusts
 * @param certificate PEM file of the client's certificate; null for none
 * @param certificateKey PEM file of its key; null for none
 */
record EtcdAddress(
    String shown,
    boolean tls,
    List<HostPort> members,
    String path,
    @Nullable String user,
    @Nullable String password,
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path certificateKey) {

  static final Set<String> SCHEMES = Set.of("etcd", "etcds");

  private static final String USUAL_PATH = "/tyer";
  private static final Set<String> OPTIONS = Set.of("tls-ca", "tls-cert", "tls-key");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming what is wrong and what would be right; no secrets
   */
  static EtcdAddress of(StoreAddress address) {
    return new Reader(address).read();
  }

  private static final class Reader {
    private final StoreAddress address;
    private final Map<String, String> options;

    Reader(StoreAddress address) {
      this.address = address;
      this.options = address.options();
    }

    EtcdAddress read() {
      TreeSet<String> unknown = new TreeSet<>(options.keySet());
      unknown.removeAll(OPTIONS);
      if (!unknown.isEmpty()) {
        throw bad(
            "the etcd store does not know the options "
                + shown(unknown)
                + "; it knows "
                + new TreeSet<>(OPTIONS));
      }
      boolean tls = address.scheme().equals("etcds");
      for (String option : options.keySet()) {
        if (!tls) {
          throw bad("option " + option + " needs TLS: the address begins with etcds");
        }
      }
      if (options.containsKey("tls-cert") != options.containsKey("tls-key")) {
        throw bad("tls-cert and tls-key are given together or not at all");
      }
      String location = address.location();
      if (!location.startsWith("//")) {
        throw bad("an address of etcd reads " + address.scheme() + "://host:port,host:port/path");
      }
      String rest = location.substring(2);
      int at = rest.lastIndexOf('@');
      String credentials = at < 0 ? "" : rest.substring(0, at);
      rest = rest.substring(at + 1);
      int slash = rest.indexOf('/');
      int colon = credentials.indexOf(':');
      String user = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
      String password = colon < 0 ? null : decoded(credentials.substring(colon + 1));
      if (at >= 0 && (user.isEmpty() || password == null || password.isEmpty())) {
        throw bad("a user and a password are given together: write user:password@");
      }
      return new EtcdAddress(
          address.toString(),
          tls,
          members(slash < 0 ? rest : rest.substring(0, slash)),
          path(slash < 0 ? "" : rest.substring(slash)),
          user.isEmpty() ? null : user,
          password,
          file("tls-ca"),
          file("tls-cert"),
          file("tls-key"));
    }

    /** What follows an unescaped ? in a password looks like options, and is not shown. */
    private static String shown(Set<String> unknown) {
      return unknown.stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+"))
          ? unknown.toString()
          : "given (a ? in a password is written as %3F)";
    }

    private List<HostPort> members(String hosts) {
      if (hosts.isEmpty()) {
        throw bad("an address of etcd names a member, as in " + address.scheme() + "://host:2379");
      }
      Set<HostPort> members = new LinkedHashSet<>();
      for (String host : hosts.split(",", -1)) {
        members.add(HostPort.parse(host));
      }
      return List.copyOf(members);
    }

    private String path(String text) {
      String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      if (path.isEmpty()) {
        return USUAL_PATH;
      }
      if (!path.matches("(/[A-Za-z0-9_.:-]{1,64}){1,16}")) {
        throw bad(
            "the path below which keys are reads like /team/locks: letters, digits and _ . : -"
                + " between the slashes");
      }
      return path;
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
