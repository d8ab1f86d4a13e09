package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerClock;
import io.tyer.server.replica.MemberInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NegotiationType;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Asks other members by {@link ClockService}. */
final class ClockClient implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 1_000;

  private final Optional<GrpcTlsConfig> tls;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  ClockClient(MemberConfig config) {
    tls = config.peerTls().map(Starting::tls);
  }

  /** Those that answer within a second; never fails. Whoever is not asked is forgotten. */
  CompletableFuture<List<PeerClock>> ask(List<MemberInfo> members) {
    forgetOthers(members.stream().map(MemberInfo::peerAddress).collect(Collectors.toSet()));
    List<CompletableFuture<@Nullable PeerClock>> asked = members.stream().map(this::ask).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> asked.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList());
  }

  /** Members that were removed, or are elsewhere now. */
  private void forgetOthers(Set<String> asked) {
    for (String address : addresses()) {
      ManagedChannel channel = asked.contains(address) ? null : channels.remove(address);
      if (channel != null) {
        // What is on its way may still be answered.
        channel.shutdown();
      }
    }
  }

  /** To which addresses it keeps a channel. */
  Set<String> addresses() {
    return Set.copyOf(channels.keySet());
  }

  private CompletableFuture<@Nullable PeerClock> ask(MemberInfo member) {
    CompletableFuture<@Nullable PeerClock> told = new CompletableFuture<>();
    try {
      ClientCalls.asyncUnaryCall(
          channels
              .computeIfAbsent(member.peerAddress(), this::open)
              .newCall(
                  ClockService.TELL,
                  CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)),
          new byte[0],
          new Answer(member.id(), told));
    } catch (RuntimeException cannotBeAsked) {
      told.complete(null);
    }
    return told;
  }

  private ManagedChannel open(String address) {
    HostPort at = HostPort.parse(address);
    NettyChannelBuilder builder = NettyChannelBuilder.forAddress(at.host(), at.port());
    return tls.isPresent()
        ? builder
            .sslContext(GrpcUtil.buildSslContextForClient(tls.get()))
            .negotiationType(NegotiationType.TLS)
            .build()
        : builder.usePlaintext().build();
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  private record Answer(String id, CompletableFuture<@Nullable PeerClock> told)
      implements StreamObserver<byte[]> {

    @Override
    public void onNext(byte[] bytes) {
      try {
        told.complete(ClockService.read(id, bytes));
      } catch (RuntimeException unreadable) {
        told.complete(null);
      }
    }

    @Override
    public void onError(Throwable notTold) {
      told.complete(null);
    }

    @Override
    public void onCompleted() {
      told.complete(null);
    }
  }
}
