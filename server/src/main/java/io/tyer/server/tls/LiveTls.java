package io.tyer.server.tls;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link TlsFiles} hold: asked at every handshake, and read again by {@link #reload}. Whoever
 * is connected already stays so.
 */
public final class LiveTls {

  private static final Logger LOG = LoggerFactory.getLogger(LiveTls.class);

  private static final X509Certificate[] NONE = {};

  private final TlsFiles files;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final Optional<AdvancedTlsX509TrustManager> trust;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private byte[] certificateRead = {};
  private byte[] keyRead = {};
  private byte[] trustedRead = {};

  private LiveTls(TlsFiles files, Optional<AdvancedTlsX509TrustManager> trust) {
    this.files = files;
    this.trust = trust;
  }

  /**
   * Reads the files.
   *
   * @throws IOException if one is missing or holds something else than it should; the message says
   *     which, and why
   */
  public static LiveTls load(TlsFiles files) throws IOException {
    LiveTls tls;
    try {
      tls =
          new LiveTls(
              files, files.trusted().isPresent() ? Optional.of(verifier()) : Optional.empty());
      tls.lock.lock();
      try {
        tls.readIdentity();
        tls.readTrusted();
      } finally {
        tls.lock.unlock();
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("The certificates cannot be used: " + e.getMessage(), e);
    }
    return tls;
  }

  /** This side's certificate and key. */
  public X509ExtendedKeyManager keys() {
    return keys;
  }

  /** Whose certificates are accepted from the other side; empty if none are asked for. */
  public Optional<X509ExtendedTrustManager> trust() {
    return trust.map(manager -> manager);
  }

  /**
   * Reads the files again. Where they hold nothing of use, what was read before stays, and the log
   * says so.
   *
   * @return whether anything has changed
   */
  public boolean reload() {
    lock.lock();
    try {
      boolean changed = false;
      try {
        changed = readIdentity();
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        LOG.error("The certificate read before is kept: {}", e.getMessage());
      }
      try {
        changed |= readTrusted();
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        LOG.error("The authorities read before are kept: {}", e.getMessage());
      }
      return changed;
    } finally {
      lock.unlock();
    }
  }

  private boolean readIdentity() throws IOException, GeneralSecurityException {
    byte[] certificate = read(files.certificate());
    byte[] key = read(files.key());
    if (Arrays.equals(certificate, certificateRead) && Arrays.equals(key, keyRead)) {
      return false;
    }
    Identity identity;
    try {
      identity = Identity.read(certificate, key);
    } catch (IOException e) {
      throw new IOException(files.certificate() + ", " + files.key() + ": " + e.getMessage(), e);
    }
    keys.updateIdentityCredentials(identity.chain().toArray(NONE), identity.key());
    certificateRead = certificate;
    keyRead = key;
    told("The certificate", files.certificate(), identity.chain());
    return true;
  }

  private boolean readTrusted() throws IOException, GeneralSecurityException {
    if (trust.isEmpty()) {
      return false;
    }
    Path file = files.trusted().orElseThrow();
    byte[] trusted = read(file);
    if (Arrays.equals(trusted, trustedRead)) {
      return false;
    }
    List<X509Certificate> authorities;
    try {
      authorities = Pem.certificates(trusted);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    trust.get().updateTrustCredentials(authorities.toArray(NONE));
    trustedRead = trusted;
    told("The authorities", file, authorities);
    return true;
  }

  private static void told(String what, Path file, List<X509Certificate> certificates) {
    LOG.info("{} in {}: {}", what, file, certificates.get(0).getSubjectX500Principal());
    for (X509Certificate certificate : certificates) {
      try {
        certificate.checkValidity();
      } catch (CertificateException e) {
        LOG.warn("{} in {} is not valid now: {}", what, file, e.getMessage());
      }
    }
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is not there", e);
    }
  }

  private static AdvancedTlsX509TrustManager verifier() throws CertificateException {
    return AdvancedTlsX509TrustManager.newBuilder()
        .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
        .build();
  }
}
