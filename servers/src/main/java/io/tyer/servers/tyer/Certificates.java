package io.tyer.servers.tyer;

import io.tyer.server.tls.TlsFiles;
import io.tyer.servers.tls.Authority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Certificates of a group that lives as long as a test: one for all members towards clients, one
 * for clients, one for members among each other; each by an authority of its own.
 *
 * @param directory where they are, in PEM
 */
record Certificates(Path directory) {

  private static final String SERVER = "server";
  private static final String CLIENT = "client";
  private static final String PEER = "peer";

  /**
   * Makes them.
   *
   * @param hosts the addresses by which members are reached
   * @param nowMillis the wall clock; they are valid from a day before, since clocks may be wrong
   */
  static Certificates make(Path directory, List<String> hosts, long nowMillis) throws IOException {
    Certificates certificates = new Certificates(directory);
    for (String role : List.of(SERVER, CLIENT, PEER)) {
      Authority authority = new Authority(directory, authority(role), nowMillis);
      TlsFiles issued = authority.issueAt(role, hosts);
      if (!issued.equals(certificates.files(role, role))) {
        throw new IllegalStateException("the files of " + role + " are elsewhere: " + issued);
      }
    }
    return certificates;
  }

  /** What a member shows to clients, and whom it accepts. */
  TlsFiles ofDoor() {
    return files(SERVER, CLIENT);
  }

  /** What a member shows to others, and whom it accepts. */
  TlsFiles ofPeers() {
    return files(PEER, PEER);
  }

  /** What a client shows, and whom it accepts. */
  TlsFiles ofClients() {
    return files(CLIENT, SERVER);
  }

  private static String authority(String role) {
    return role + "-authority";
  }

  private TlsFiles files(String role, String trusted) {
    return new TlsFiles(
        directory.resolve(role + "-cert.pem"),
        directory.resolve(role + "-key.pem"),
        Optional.of(directory.resolve(authority(trusted) + ".pem")));
  }
}
