package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Answers what a test tells it to: a session can be opened on it, and no more. */
final class FakeEtcd implements AutoCloseable {

  private static final long LEASE = 7;

  /** What it says of itself. */
  volatile String version = "3.4.23";

  /** Terms of the next answers to keep-alives; the last one stays. */
  final Deque<Long> termsOfKeepAlives = new ConcurrentLinkedDeque<>(List.of(5L));

  /** Terms of the next answers to reads; the last one stays. */
  final Deque<Long> termsOfReads = new ConcurrentLinkedDeque<>(List.of(5L));

  /** What keep-alives answer. */
  volatile long ttl = 30;

  /** How long leases are that it grants, at most. */
  volatile long longest = 1_000;

  /** Whether the session's keys are there. */
  volatile boolean alive = true;

  /** What comes of transactions after the one that opens the session. */
  volatile BiConsumer<TxnRequest, StreamObserver<TxnResponse>> transactions =
      (request, answer) -> answer.onCompleted();

  /** How many of the next watches have lost what they were to begin with. */
  final AtomicInteger compacted = new AtomicInteger();

  /** How many of the next reads fail. */
  final AtomicInteger failingReads = new AtomicInteger();

  /** How many watches were begun. */
  final AtomicInteger watches = new AtomicInteger();

  /** What was asked, in one word each. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final Server server;

  FakeEtcd() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(new Keys())
            .addService(new Leases())
            .addService(new Maintenance())
            .addService(new Silence())
            .build()
            .start();
  }

  String address() {
    return "etcd://127.0.0.1:" + server.getPort();
  }

  private static long next(Deque<Long> terms) {
    return terms.size() > 1 ? terms.remove() : terms.element();
  }

  static ResponseHeader.Builder header(long term) {
    return ResponseHeader.newBuilder().setRevision(100).setRaftTerm(term);
  }

  private static <T> void answer(StreamObserver<T> to, T what) {
    to.onNext(what);
    to.onCompleted();
  }

  private final class Keys extends KVGrpc.KVImplBase {
    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> to) {
      asked.add("read");
      if (failingReads.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        to.onError(Status.INTERNAL.asRuntimeException());
        return;
      }
      RangeResponse.Builder response =
          RangeResponse.newBuilder().setHeader(header(next(termsOfReads)));
      if (alive) {
        String prefix = request.getKey().toStringUtf8();
        for (String key : List.of("inbox", "owner")) {
          response.addKvs(
              KeyValue.newBuilder()
                  .setKey(ByteString.copyFromUtf8(prefix + key))
                  .setModRevision(100)
                  .setCreateRevision(100)
                  .setVersion(1));
        }
      }
      answer(to, response.build());
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> to) {
      boolean opens = !asked.contains("open");
      asked.add(opens ? "open" : "txn");
      if (opens) {
        answer(to, TxnResponse.newBuilder().setHeader(header(5)).setSucceeded(true).build());
      } else {
        transactions.accept(request, to);
      }
    }
  }

  private final class Leases extends LeaseGrpc.LeaseImplBase {
    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> to) {
      answer(
          to,
          LeaseGrantResponse.newBuilder()
              .setID(LEASE)
              .setTTL(Math.min(request.getTTL(), longest))
              .build());
    }

    @Override
    public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> to) {
      asked.add("revoke");
      answer(to, LeaseRevokeResponse.getDefaultInstance());
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(
        StreamObserver<LeaseKeepAliveResponse> to) {
      return new StreamObserver<>() {
        @Override
        public void onNext(LeaseKeepAliveRequest request) {
          asked.add("keep-alive");
          to.onNext(
              LeaseKeepAliveResponse.newBuilder()
                  .setHeader(header(next(termsOfKeepAlives)))
                  .setID(request.getID())
                  .setTTL(ttl)
                  .build());
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          to.onCompleted();
        }
      };
    }
  }

  private final class Maintenance extends MaintenanceGrpc.MaintenanceImplBase {
    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> to) {
      answer(to, StatusResponse.newBuilder().setVersion(version).build());
    }
  }

  private static WatchResponse.Builder about(int id) {
    return WatchResponse.newBuilder().setHeader(header(5)).setWatchId(id);
  }

  /** Tells of nothing but that a watch has begun, or has ended at once. */
  private final class Silence extends WatchGrpc.WatchImplBase {
    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> to) {
      return new StreamObserver<>() {
        @Override
        public void onNext(WatchRequest request) {
          if (!request.hasCreateRequest()) {
            return;
          }
          int id = watches.getAndIncrement();
          to.onNext(about(id).setCreated(true).build());
          if (compacted.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            to.onNext(about(id).setCanceled(true).setCompactRevision(100).build());
          }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          to.onCompleted();
        }
      };
    }
  }

  @Override
  public void close() {
    var unused = server.shutdownNow();
  }
}
