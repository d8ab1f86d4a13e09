package io.tyer.servers.tyer;

import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Certificates of a group that lives as long as a test: one for all members towards clients, one
 * for clients, one for members among each other. Each vouches for itself.
 *
 * @param directory where they are, in PEM
 */
record Certificates(Path directory) {

  private static final String SERVER = "server";
  private static final String CLIENT = "client";
  private static final String PEER = "peer";
  private static final String TYPE = "PKCS12";
  private static final int LINE = 64;

  /**
   * Makes them, valid from a day ago on: clocks may be wrong.
   *
   * @param hosts the addresses by which members are reached
   */
  static Certificates make(Path directory, List<String> hosts) throws IOException {
    Certificates certificates = new Certificates(Files.createDirectories(directory));
    for (String name : List.of(SERVER, CLIENT, PEER)) {
      certificates.make(name, hosts);
    }
    return certificates;
  }

  /** What a member shows to clients, and whom it accepts. */
  TlsFiles ofDoor() {
    return new TlsFiles(certificate(SERVER), key(SERVER), Optional.of(certificate(CLIENT)));
  }

  /** What a member shows to others, and whom it accepts. */
  TlsFiles ofPeers() {
    return new TlsFiles(certificate(PEER), key(PEER), Optional.of(certificate(PEER)));
  }

  /** What a client shows, and whom it accepts. */
  TlsFiles ofClients() {
    return new TlsFiles(certificate(CLIENT), key(CLIENT), Optional.of(certificate(SERVER)));
  }

  private Path certificate(String name) {
    return directory.resolve(name + ".pem");
  }

  private Path key(String name) {
    return directory.resolve(name + ".key");
  }

  private void make(String name, List<String> hosts) throws IOException {
    Path store = directory.resolve(name + ".p12");
    String password = UUID.randomUUID().toString();
    keytool(name, hosts, store, password);
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(in, password.toCharArray());
      write(certificate(name), "CERTIFICATE", keys.getCertificate(name).getEncoded());
      write(key(name), "PRIVATE KEY", keys.getKey(name, password.toCharArray()).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate could be made", e);
    }
  }

  private static void keytool(String name, List<String> hosts, Path store, String password)
      throws IOException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + hosts.stream().map(host -> "ip:" + host).collect(Collectors.joining(",")),
                "-ext",
                "eku=serverAuth,clientAuth",
                "-startdate",
                "-1d",
                "-validity",
                "3",
                "-storetype",
                TYPE,
                "-keystore",
                store.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool made no certificate: " + said);
    }
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(
        file,
        "-----BEGIN "
            + what
            + "-----\n"
            + lines.encodeToString(bytes)
            + "\n-----END "
            + what
            + "-----\n");
  }
}
