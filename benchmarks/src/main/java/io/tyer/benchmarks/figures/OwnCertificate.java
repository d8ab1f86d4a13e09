package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A certificate for this machine that vouches for itself, for all members of a group that lives as
 * long as a command.
 *
 * @param authority what whoever connects trusts
 * @param key the private key
 */
record OwnCertificate(Path authority, Path key) {

  private static final String ALIAS = "member";
  private static final String TYPE = "PKCS12";
  private static final int LINE = 64;

  /** Below this directory. */
  static OwnCertificate make(Path directory) throws IOException {
    Path store = directory.resolve("certificate.p12");
    String password = UUID.randomUUID().toString();
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-ext",
        "eku=serverAuth,clientAuth",
        "-validity",
        "2",
        "-storetype",
        TYPE,
        "-keystore",
        store.toString(),
        "-storepass",
        password);
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(in, password.toCharArray());
      return new OwnCertificate(
          pem(directory, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
          pem(directory, "PRIVATE KEY", keys.getKey(ALIAS, password.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate could be made", e);
    }
  }

  private static Path pem(Path directory, String what, byte[] bytes) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    Path file = directory.resolve(what.replace(' ', '-') + ".pem");
    Files.writeString(
        file,
        "-----BEGIN "
            + what
            + "-----\n"
            + lines.encodeToString(bytes)
            + "\n-----END "
            + what
            + "-----\n");
    return file;
  }

  private static void run(String... command) throws IOException {
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool made no certificate: " + text);
    }
  }

  /** The options of a member by which clients connect. */
  List<String> ofClients() {
    return List.of("--tls-cert=" + authority, "--tls-key=" + key);
  }

  /** The options of a member by which members prove to each other who they are. */
  List<String> ofMembers() {
    return List.of(
        "--peer-tls-cert=" + authority, "--peer-tls-key=" + key, "--peer-ca=" + authority);
  }
}
