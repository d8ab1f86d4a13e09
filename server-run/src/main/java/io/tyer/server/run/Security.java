package io.tyer.server.run;

import io.tyer.command.Refusal;
import io.tyer.server.ClientSecurity;
import io.tyer.server.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the options say of clients' connections.
 *
 * @param here whether the server listens on this machine only
 */
record Security(
    boolean dev,
    boolean plaintext,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authority,
    boolean here) {

  ClientSecurity ofClients() {
    Optional<TlsFiles> files = files("--tls-cert", certificate, key, authority);
    if ((dev ? 1 : 0) + (plaintext ? 1 : 0) + (files.isPresent() ? 1 : 0) > 1) {
      throw Refusal.usage("--dev, --plaintext and --tls-cert: one of them");
    }
    if (files.isPresent()) {
      return new ClientSecurity.Tls(files.get());
    }
    if (plaintext) {
      return new ClientSecurity.Plaintext();
    }
    if (!here && !dev) {
      throw Refusal.usage(
          "the server would listen beyond this machine: give --tls-cert and --tls-key, and"
              + " --operator-token or --client-ca; or let --listen, and --http, name localhost");
    }
    return new ClientSecurity.Dev();
  }

  /** What is given by three options of one beginning. */
  static Optional<TlsFiles> files(
      String option, @Nullable Path certificate, @Nullable Path key, @Nullable Path authority) {
    if (certificate != null && key != null) {
      return Optional.of(new TlsFiles(certificate, key, Optional.ofNullable(authority)));
    }
    if (certificate == null && key == null && authority == null) {
      return Optional.empty();
    }
    throw Refusal.usage(
        option
            + " is given together with its key, and authorities with both: see 'tyer server"
            + " --help'");
  }
}
