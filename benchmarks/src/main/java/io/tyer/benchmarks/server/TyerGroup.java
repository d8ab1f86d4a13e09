package io.tyer.benchmarks.server;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.tyer.benchmarks.play.Address;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Members of the lock server, asked through its own protocol. */
final class TyerGroup implements Group {

  private static final long ANSWER_SECONDS = 5;

  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();
  private final boolean plaintext;

  private TyerGroup(Address place) throws IOException {
    this.plaintext = place.option("plaintext").equals(Optional.of("true"));
    ChannelCredentials credentials = credentials(place);
    for (String member : GroupLocation.of(place).members()) {
      ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(member, credentials);
      Optional<String> token = place.option("token-file");
      if (token.isPresent()) {
        builder.intercept(showing(Files.readString(Path.of(token.get())).strip()));
      }
      channels.put(member, builder.build());
    }
  }

  static TyerGroup at(Address place) throws IOException {
    return new TyerGroup(place);
  }

  private static ClientInterceptor showing(String token) {
    return MetadataUtils.newAttachHeadersInterceptor(Headers.showing(token));
  }

  private ChannelCredentials credentials(Address place) throws IOException {
    if (plaintext) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    Optional<String> authority = place.option("tls-ca");
    if (authority.isPresent()) {
      tls.trustManager(new File(authority.get()));
    }
    Optional<String> certificate = place.option("tls-cert");
    Optional<String> key = place.option("tls-key");
    if (certificate.isPresent() && key.isPresent()) {
      tls.keyManager(new File(certificate.get()), new File(key.get()));
    }
    return tls.build();
  }

  private static StatusReply status(ManagedChannel member) {
    return LocksGrpc.newBlockingStub(member)
        .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
        .status(StatusRequest.getDefaultInstance());
  }

  @Override
  public Optional<String> leader() {
    Set<String> leaders = new HashSet<>();
    Optional<String> found = Optional.empty();
    try {
      for (Map.Entry<String, ManagedChannel> member : channels.entrySet()) {
        StatusReply status = status(member.getValue());
        leaders.add(status.getLeader());
        if (status.getLeading()) {
          found = Optional.of(member.getKey());
        }
      }
    } catch (StatusRuntimeException unused) {
      // One of them is not there yet; it is asked anew, not when its channel has had its pause.
      channels.values().forEach(ManagedChannel::resetConnectBackoff);
      return Optional.empty();
    }
    return leaders.size() == 1 ? found : Optional.empty();
  }

  @Override
  public String version() {
    return "Tyer server of this build" + (plaintext ? ", no TLS" : ", TLS and access tokens");
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
