package io.tyer.servers.etcd;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What members are started with beyond where they listen.
 *
 * @param tls by which they prove to clients who they are; empty for plain text
 * @param more as they stand on the command line
 */
public record EtcdOptions(Optional<Tls> tls, List<String> more) {

  /**
   * Files in PEM.
   *
   * @param authority who has signed the others
   * @param certificate of the member
   * @param key of that
   * @param demanded whether clients must have a certificate of the same authority, too; then this
   *     JVM uses the member's own
   */
  public record Tls(Path authority, Path certificate, Path key, boolean demanded) {}

  /** Plain text and default settings. */
  public static EtcdOptions none() {
    return new EtcdOptions(Optional.empty(), List.of());
  }

  /** Plain text. */
  public static EtcdOptions of(String... more) {
    return new EtcdOptions(Optional.empty(), List.of(more));
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>(more);
    if (tls.isPresent()) {
      Tls files = tls.get();
      arguments.add("--cert-file=" + files.certificate());
      arguments.add("--key-file=" + files.key());
      if (files.demanded()) {
        arguments.add("--client-cert-auth");
        arguments.add("--trusted-ca-file=" + files.authority());
      }
    }
    return arguments;
  }

  ChannelCredentials credentials() throws IOException {
    if (tls.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder builder =
        TlsChannelCredentials.newBuilder().trustManager(tls.get().authority().toFile());
    if (tls.get().demanded()) {
      builder.keyManager(tls.get().certificate().toFile(), tls.get().key().toFile());
    }
    return builder.build();
  }
}
