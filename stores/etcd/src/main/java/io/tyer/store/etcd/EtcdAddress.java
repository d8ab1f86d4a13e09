package io.tyer.store.etcd;

import io.tyer.spi.StoreAddress;
import io.tyer.store.network.AddressReader;
import io.tyer.store.network.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
  private static final int USUAL_PORT = 2379;
  private static final String PEM = "a PEM file";
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
    private final AddressReader reader;

    Reader(StoreAddress address) {
      this.address = address;
      this.reader = new AddressReader(address);
    }

    EtcdAddress read() {
      reader.refuseOthers("the etcd store", OPTIONS);
      boolean tls = address.scheme().equals("etcds");
      if (!tls) {
        reader.refuseTls(": the address begins with etcds");
      }
      reader.requireKeyWithCertificate();
      if (!address.location().startsWith("//")) {
        throw reader.bad(
            "an address of etcd reads " + address.scheme() + "://host:port,host:port/path");
      }
      AddressReader.Location at = reader.location();
      String user = at.user();
      String password = at.password();
      boolean named = address.location().indexOf('@') >= 0;
      if (named && (user.isEmpty() || password == null || password.isEmpty())) {
        throw reader.bad("a user and a password are given together: write user:password@");
      }
      return new EtcdAddress(
          address.toString(),
          tls,
          members(at.hosts()),
          path(at.path()),
          user.isEmpty() ? null : user,
          password,
          reader.file("tls-ca", PEM),
          reader.file("tls-cert", PEM),
          reader.file("tls-key", PEM));
    }

    private List<HostPort> members(String hosts) {
      if (hosts.isEmpty()) {
        throw reader.bad(
            "an address of etcd names a member, as in " + address.scheme() + "://host:2379");
      }
      return reader.hosts("a member", hosts, USUAL_PORT).stream()
          .map(HostPort::inLowerCase)
          .distinct()
          .toList();
    }

    private String path(String text) {
      String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      if (path.isEmpty()) {
        return USUAL_PATH;
      }
      if (!path.matches("(/[A-Za-z0-9_.:-]{1,64}){1,16}")) {
        throw reader.bad(
            "the path below which keys are reads like /team/locks: letters, digits and _ . : -"
                + " between the slashes");
      }
      return path;
    }
  }

  /** Names the address, and no secret. */
  @Override
  public String toString() {
    return shown;
  }
}
