package io.tyer.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate that a server signs itself, for clients on the same machine. */
public final class DevCertificate {

  private static final Duration VALID = Duration.ofDays(365);
  private static final Duration RENEW = Duration.ofDays(30);
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
  private static final int SERIAL_BITS = 120;

  private DevCertificate() {}

  /**
   * Finds or makes {@code dev-certificate.pem} and {@code dev-key.pem} in a directory, for
   * localhost, 127.0.0.1 and ::1. Clients are given the path of the former as what they trust. Both
   * can be read by their owner only: clients of other users are given a copy of the former.
   *
   * @param directory made if it is not there
   * @param nowMillis the wall clock: a certificate that expires within 30 days is replaced
   * @throws IOException if they cannot be read or written
   */
  public static TlsFiles in(Path directory, long nowMillis) throws IOException {
    TlsFiles files =
        new TlsFiles(
            directory.resolve("dev-certificate.pem"),
            directory.resolve("dev-key.pem"),
            Optional.empty());
    if (!isGood(files, nowMillis)) {
      Files.createDirectories(directory);
      write(directory, files, nowMillis);
    }
    return files;
  }

  private static boolean isGood(TlsFiles files, long nowMillis) {
    try {
      Identity identity =
          Identity.read(Files.readAllBytes(files.certificate()), Files.readAllBytes(files.key()));
      X509Certificate certificate = identity.chain().get(0);
      return certificate
          .getNotAfter()
          .toInstant()
          .isAfter(Instant.ofEpochMilli(nowMillis).plus(RENEW));
    } catch (IOException notThereOrNoUse) {
      return false;
    }
  }

  private static void write(Path directory, TlsFiles files, long nowMillis) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      replace(directory, files.key(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      replace(
          directory, files.certificate(), pem("CERTIFICATE", sign(pair, nowMillis).getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("A certificate for localhost cannot be made: " + e.getMessage(), e);
    }
  }

  private static X509CertificateHolder sign(KeyPair pair, long nowMillis)
      throws IOException, OperatorCreationException {
    Instant now = Instant.ofEpochMilli(nowMillis);
    X500Principal self = new X500Principal("CN=localhost, O=Tyer development");
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.iPAddress, "::1")
    };
    return new JcaX509v3CertificateBuilder(
            self,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
            Date.from(now.minus(CLOCKS_DIFFER)),
            Date.from(now.plus(VALID)),
            self,
            pair.getPublic())
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
  }

  private static String pem(String type, byte[] encoded) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, encoded));
    }
    return text.toString();
  }

  /** Whole or not at all, and never readable by others. */
  private static void replace(Path directory, Path file, String text) throws IOException {
    FileAttribute<?>[] mine =
        directory.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path written = Files.createTempFile(directory, "dev-", ".tmp", mine);
    try {
      Files.write(written, text.getBytes(StandardCharsets.US_ASCII));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
