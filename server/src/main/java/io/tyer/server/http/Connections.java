package io.tyer.server.http;

import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The connections that there are, and whose. For one thread. */
final class Connections {

  /** How many are told at once why they are refused. */
  private static final int TOLD = 64;

  private final HttpLimits limits;
  private final Share share;
  private final Map<HttpConnection, One> all = new HashMap<>();
  private volatile int count;

  Connections(HttpLimits limits) {
    this.limits = limits;
    this.share = new Share(limits.connections(), limits.connectionsPerPeer());
  }

  /** Takes up a connection; if there are too many, for one answer at most. */
  void add(HttpConnection connection, long now) {
    String peer = peer(connection);
    boolean counted = share.take(peer);
    if (!counted && all.size() - share.count() >= TOLD) {
      var unused = connection.close();
      return;
    }
    all.put(connection, new One(peer, counted, now));
    count = all.size();
    connection.closeHandler(
        closed -> {
          if (all.remove(connection) != null && counted) {
            share.give(peer);
          }
          count = all.size();
        });
  }

  /** What is known of it; null if it was closed. */
  @Nullable One get(HttpConnection connection) {
    return all.get(connection);
  }

  /** Closes those on which nothing is worked on for too long. */
  void sweep(long now) {
    for (Map.Entry<HttpConnection, One> each : List.copyOf(all.entrySet())) {
      One one = each.getValue();
      if (one.working == 0 && now - one.since > limits.idle().toNanos()) {
        var unused = each.getKey().close();
      }
    }
  }

  /** How many there are, for any thread. */
  int count() {
    return count;
  }

  /** One connection. */
  static final class One {

    private final String peer;
    private final boolean counted;
    private int working;
    private long since;

    private One(String peer, boolean counted, long since) {
      this.peer = peer;
      this.counted = counted;
      this.since = since;
    }

    String peer() {
      return peer;
    }

    /** Whether it is one of those that are too many. */
    boolean isTooMuch() {
      return !counted;
    }

    void begin() {
      working++;
    }

    void end(long now) {
      working--;
      since = now;
    }
  }

  private static String peer(HttpConnection connection) {
    if (connection.isSsl()) {
      try {
        List<Certificate> chain = connection.peerCertificates();
        if (chain != null
            && !chain.isEmpty()
            && chain.get(0) instanceof X509Certificate certificate) {
          return certificate.getSubjectX500Principal().getName();
        }
      } catch (SSLPeerUnverifiedException noCertificate) {
        // By its address, then.
      }
    }
    return String.valueOf(connection.remoteAddress().hostAddress());
  }
}
