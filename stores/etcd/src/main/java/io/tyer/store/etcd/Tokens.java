package io.tyer.store.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the client shows with each call: a token, got by user and password, where it has these. */
final class Tokens {

  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

  /** A member that hears of no leader says so at once, instead of trying for seconds. */
  private static final Metadata.Key<String> NEEDS_LEADER =
      Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

  private final @Nullable String user;
  private final @Nullable String password;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable String token;
  private @Nullable List<Waiting> asking;

  Tokens(@Nullable String user, @Nullable String password) {
    this.user = user;
    this.password = password;
  }

  /** Who needs headers. */
  interface Waiting {
    /** What to send along. */
    void have(Metadata headers);

    /** None, since the member did not let this user in. */
    void failed(Status status);
  }

  /** Gets headers; a token, if one must be asked for, at this member. */
  void with(Members.Link link, long nanos, Waiting waiting) {
    if (user == null || password == null) {
      waiting.have(headers(""));
      return;
    }
    String known;
    lock.lock();
    try {
      known = token;
      if (known == null) {
        List<Waiting> others = asking;
        if (others != null) {
          others.add(waiting);
          return;
        }
        asking = new ArrayList<>(List.of(waiting));
      }
    } finally {
      lock.unlock();
    }
    if (known != null) {
      waiting.have(headers(known));
    } else {
      ask(link, user, password, nanos);
    }
  }

  private void ask(Members.Link link, String name, String secret, long nanos) {
    ClientCall<AuthenticateRequest, AuthenticateResponse> call =
        link.channel()
            .newCall(
                AuthGrpc.getAuthenticateMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS));
    call.start(
        new ClientCall.Listener<>() {
          private @Nullable String got;

          @Override
          public void onMessage(AuthenticateResponse message) {
            got = message.getToken();
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            if (got != null) {
              answered(got, status);
            } else if (Failures.needsNoToken(status)) {
              answered("", status);
            } else {
              answered(null, status);
            }
          }
        },
        headers(""));
    call.request(2);
    call.sendMessage(AuthenticateRequest.newBuilder().setName(name).setPassword(secret).build());
    call.halfClose();
  }

  private void answered(@Nullable String got, Status status) {
    List<Waiting> all;
    lock.lock();
    try {
      token = got;
      all = asking == null ? List.of() : asking;
      asking = null;
    } finally {
      lock.unlock();
    }
    for (Waiting one : all) {
      if (got == null) {
        one.failed(status);
      } else {
        one.have(headers(got));
      }
    }
  }

  /** The token of these headers is no longer good. */
  void drop(Metadata headers) {
    lock.lock();
    try {
      String shown = headers.get(TOKEN);
      if (shown == null || shown.equals(token) || String.valueOf(token).isEmpty()) {
        token = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private static Metadata headers(String token) {
    Metadata headers = new Metadata();
    headers.put(NEEDS_LEADER, "true");
    if (!token.isEmpty()) {
      headers.put(TOKEN, token);
    }
    return headers;
  }
}
