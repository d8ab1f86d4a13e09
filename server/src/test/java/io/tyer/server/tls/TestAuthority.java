package io.tyer.server.tls;

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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Signs certificates for tests, and writes them into a directory. */
public final class TestAuthority {

  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Path directory;
  private final X500Principal name;
  private final KeyPair keys;
  private final Path certificate;

  /** An authority with a key of its own, whatever its name. */
  public TestAuthority(Path directory, String name) throws Exception {
    this.directory = directory;
    this.name = new X500Principal("CN=" + name);
    this.keys = newKeys("EC", 256);
    this.certificate = directory.resolve(name + ".pem");
    write(certificate, sign(this.name, keys, Instant.now().plus(DAY), true));
  }

  /** What trusts it. */
  public Path certificate() {
    return certificate;
  }

  /** A certificate for 127.0.0.1 and a key, whose other side is trusted if this has signed it. */
  public TlsFiles issue(String subject) throws Exception {
    return issue(subject, "EC", 256, Instant.now().plus(DAY));
  }

  /** One that has expired. */
  public TlsFiles issueExpired(String subject) throws Exception {
    return issue(subject, "EC", 256, Instant.now().minusSeconds(60));
  }

  /** One of this kind. */
  public TlsFiles issue(String subject, String algorithm, int bits, Instant until)
      throws Exception {
    KeyPair pair = newKeys(algorithm, bits);
    Path chain = directory.resolve(subject + "-cert.pem");
    Path key = directory.resolve(subject + "-key.pem");
    write(chain, sign(new X500Principal("CN=" + subject), pair, until, false));
    write(key, new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return new TlsFiles(chain, key, Optional.of(certificate));
  }

  private Object sign(X500Principal subject, KeyPair pair, Instant until, boolean authority)
      throws IOException, OperatorCreationException {
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.dNSName, "Lock.certified.example"),
      new GeneralName(GeneralName.dNSName, "*.wild.example"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1")
    };
    return new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(until.minus(DAY).minus(DAY)),
            Date.from(until),
            subject,
            pair.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
  }

  private static KeyPair newKeys(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static void write(Path file, Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    Files.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
