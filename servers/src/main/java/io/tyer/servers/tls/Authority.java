package io.tyer.servers.tls;

import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** An authority that signs certificates, and keeps them with their keys in a directory. */
public final class Authority {

  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** By which tests reach servers on this machine. */
  private static final List<GeneralName> HERE =
      List.of(
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"));

  private final Instant now;
  private final Path directory;
  private final X500Principal name;
  private final KeyPair keys;
  private final Path certificate;

  /**
   * One with a key of its own, whatever its name.
   *
   * @param directory made if it is not there
   * @param nowMillis the wall clock
   */
  public Authority(Path directory, String name, long nowMillis) throws IOException {
    this.now = Instant.ofEpochMilli(nowMillis);
    this.directory = Files.createDirectories(directory);
    this.name = new X500Principal("CN=" + name);
    this.keys = newKeys();
    this.certificate = directory.resolve(name + ".pem");
    write(
        certificate, "CERTIFICATE", sign(this.name, keys, now.plus(DAY), true, HERE).getEncoded());
  }

  /** The file that trusts it. */
  public Path certificate() {
    return certificate;
  }

  /**
   * A certificate for localhost and 127.0.0.1, and its key; whoever shows it trusts those whom this
   * authority has signed.
   */
  public TlsFiles issue(String subject) throws IOException {
    return issue(subject, now.plus(DAY), HERE);
  }

  /** One that has expired a minute ago. */
  public TlsFiles issueExpired(String subject) throws IOException {
    return issue(subject, now.minusSeconds(60), HERE);
  }

  /** One for another host. */
  public TlsFiles issueFor(String host) throws IOException {
    return issue(host, now.plus(DAY), List.of(new GeneralName(GeneralName.dNSName, host)));
  }

  /** One for these addresses. */
  public TlsFiles issueAt(String subject, List<String> addresses) throws IOException {
    List<GeneralName> names =
        addresses.stream().map(at -> new GeneralName(GeneralName.iPAddress, at)).toList();
    return issue(subject, now.plus(DAY), names);
  }

  private TlsFiles issue(String subject, Instant until, List<GeneralName> names)
      throws IOException {
    KeyPair pair = newKeys();
    Path file = directory.resolve(subject + "-cert.pem");
    Path key = directory.resolve(subject + "-key.pem");
    write(
        file,
        "CERTIFICATE",
        sign(new X500Principal("CN=" + subject), pair, until, false, names).getEncoded());
    write(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
    return new TlsFiles(file, key, Optional.of(certificate));
  }

  private X509CertificateHolder sign(
      X500Principal subject,
      KeyPair pair,
      Instant until,
      boolean authority,
      List<GeneralName> names)
      throws IOException {
    try {
      return new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(until.minus(DAY).minus(DAY)),
              Date.from(until),
              subject,
              pair.getPublic())
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
          .addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(names.toArray(GeneralName[]::new)))
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IOException(e);
    }
  }

  private static KeyPair newKeys() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void write(Path file, String type, byte[] encoded) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, encoded));
    }
    Files.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
