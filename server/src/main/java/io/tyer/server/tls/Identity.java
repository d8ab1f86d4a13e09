package io.tyer.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate, with those that lead to its authority, and its key.
 *
 * @param chain this side's own certificate first
 * @param key fits the first certificate
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {

  private static final byte[] PROBE = {'t', 'y', 'e', 'r'};

  /** Reads both; refuses a pair that does not fit. */
  static Identity read(byte[] certificates, byte[] key) throws IOException {
    Identity identity = new Identity(Pem.certificates(certificates), Pem.key(key));
    if (!identity.fits()) {
      throw new IOException("the private key is not that of the first certificate");
    }
    return identity;
  }

  private boolean fits() {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(PROBE);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(chain.get(0).getPublicKey());
      verifier.update(PROBE);
      return verifier.verify(signer.sign());
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
