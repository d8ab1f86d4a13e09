package io.tyer.servers.tyer;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.tyer.server.tls.TlsFiles;
import io.tyer.surroundings.SystemSurroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How clients connect to members, and these to each other.
 *
 * @param credentials of whoever asks a member
 * @param options of the address that clients are given
 * @param argument what {@link MemberProcess} is told of it
 * @param tokens what is shown to members; empty if they want nothing
 */
record Access(
    ChannelCredentials credentials,
    String options,
    String argument,
    Optional<AccessTokens> tokens) {

  static final String PLAINTEXT = "plaintext";

  /** In plain text. */
  static Access plain() {
    return new Access(
        InsecureChannelCredentials.create(), "plaintext=true", PLAINTEXT, Optional.empty());
  }

  /** In plain text, under tokens that are kept in this directory. */
  static Access plain(Path directory) throws IOException {
    AccessTokens tokens = AccessTokens.make(directory);
    return new Access(
        InsecureChannelCredentials.create(),
        "plaintext=true&token-file=" + tokens.ofClients(),
        PLAINTEXT + ":" + directory,
        Optional.of(tokens));
  }

  /** By TLS between processes of this host, with certificates that are made below a directory. */
  static Access tlsOnThisHost(Path directory) throws IOException {
    long now = new SystemSurroundings(null).wallMillis();
    return tls(Certificates.make(directory.resolve("tls"), List.of("127.0.0.1"), now));
  }

  /** By TLS, for which all need certificates, and under tokens. */
  static Access tls(Certificates certificates) throws IOException {
    TlsFiles files = certificates.ofClients();
    AccessTokens tokens = AccessTokens.make(certificates.directory());
    return new Access(
        TlsChannelCredentials.newBuilder()
            .keyManager(files.certificate().toFile(), files.key().toFile())
            .trustManager(files.trusted().orElseThrow().toFile())
            .build(),
        "tls-ca="
            + files.trusted().orElseThrow()
            + "&tls-cert="
            + files.certificate()
            + "&tls-key="
            + files.key()
            + "&token-file="
            + tokens.ofClients(),
        certificates.directory().toString(),
        Optional.of(tokens));
  }
}
