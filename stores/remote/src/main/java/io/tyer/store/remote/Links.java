package io.tyer.store.remote;

import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Surroundings;
import io.tyer.store.network.HostPort;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What all sessions of a store share. */
record Links(
    RemoteAddress address,
    Settings settings,
    Members members,
    Channels channels,
    Credential credential) {

  private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(1);
  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 10;

  static Links of(RemoteAddress address, Settings settings, UnaryOperator<HostPort> detour) {
    return new Links(
        address,
        settings,
        new Members(address, settings.surroundings()),
        new Channels(settings, address.plaintext() ? null : new FreshTls(address), detour),
        Credential.of(address.token(), System.getenv(Credential.VARIABLE)));
  }

  Surroundings surroundings() {
    return settings.surroundings();
  }

  long now() {
    return settings.surroundings().nanoTime();
  }

  long operationTimeoutNanos() {
    return settings.operationTimeout().toNanos();
  }

  boolean ownCertificate() {
    return address.certificate() != null;
  }

  /**
   * How long one member is given to take up a session: with several, not so long that a silent one
   * keeps the client from the others; longer once all were tried in vain.
   */
  long attemptNanos(int rounds) {
    long longest = settings.connectTimeout().toNanos();
    if (members.known().size() == 1) {
      return longest;
    }
    return Math.min(longest, SHORTEST_ATTEMPT.toNanos() << Math.min(rounds, MOST_DOUBLINGS));
  }

  /**
   * How long a server may leave a request unanswered before another way to it is tried; longer once
   * that was in vain.
   */
  long silenceNanos(int rounds) {
    long shortest = Math.max(operationTimeoutNanos() / 4, SHORTEST_SILENCE.toNanos());
    return Math.min(operationTimeoutNanos(), shortest << Math.min(rounds, MOST_DOUBLINGS));
  }

  /** A delay shortened at random by up to a quarter, so that clients do not move in step. */
  long jittered(long nanos) {
    double random = (surroundings().nextLong() >>> 11) * 0x1.0p-53;
    return (long) (nanos * (1 - random / 4));
  }
}
