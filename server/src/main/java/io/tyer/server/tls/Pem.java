package io.tyer.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads what PEM files hold. What is wrong with it is said in {@link IOException}s, which never
 * quote it.
 */
final class Pem {

  private Pem() {}

  static List<X509Certificate> certificates(byte[] pem) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate certificate : factory.generateCertificates(new ByteArrayInputStream(pem))) {
        found.add((X509Certificate) certificate);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("holds something else than certificates in PEM", e);
    }
    if (found.isEmpty()) {
      throw new IOException("holds no certificate in PEM (BEGIN CERTIFICATE)");
    }
    return found;
  }

  static PrivateKey key(byte[] pem) throws IOException {
    PrivateKeyInfo key = keyInfo(pem);
    try {
      return KeyFactory.getInstance(algorithm(key))
          .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("holds a private key that cannot be used: " + e.getMessage(), e);
    }
  }

  private static PrivateKeyInfo keyInfo(byte[] pem) throws IOException {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
      for (Object object = next(parser); object != null; object = next(parser)) {
        if (object instanceof PrivateKeyInfo key) {
          return key;
        }
        if (object instanceof PEMKeyPair pair) {
          return pair.getPrivateKeyInfo();
        }
        if (object instanceof PKCS8EncryptedPrivateKeyInfo
            || object instanceof PEMEncryptedKeyPair) {
          throw new IOException(
              "holds an encrypted private key: decrypt it (openssl pkey -in FILE -out FILE) and"
                  + " let only this server's user read it");
        }
      }
    }
    throw new IOException("holds no private key in PEM (BEGIN PRIVATE KEY)");
  }

  private static @Nullable Object next(PEMParser parser) throws IOException {
    try {
      return parser.readObject();
    } catch (IOException | RuntimeException e) {
      throw new IOException("holds a private key that cannot be read", e);
    }
  }

  private static String algorithm(PrivateKeyInfo key) throws IOException {
    var algorithm = key.getPrivateKeyAlgorithm().getAlgorithm();
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC";
    }
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA";
    }
    throw new IOException("holds a private key that is neither RSA nor elliptic");
  }
}
