package io.tyer.store.etcd;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the server is one that a session can be opened on; asked until it was. */
final class Versions {

  private static final Pattern VERSION =
      Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4}).*");

  private final Calls calls;
  private volatile boolean fits;

  Versions(Calls calls) {
    this.calls = calls;
  }

  /** Fails if the server is too old. */
  void check(Reply<Boolean> reply) {
    if (fits) {
      reply.done(true);
      return;
    }
    calls.ask(
        MaintenanceGrpc.getStatusMethod(),
        StatusRequest.getDefaultInstance(),
        new Reply<StatusResponse>() {
          @Override
          public void done(StatusResponse status) {
            if (isOld(status.getVersion())) {
              reply.failed(
                  new StoreException(
                      Kind.REFUSED,
                      calls.address()
                          + " is etcd "
                          + status.getVersion()
                          + "; it takes 3.4 or a later one"));
              return;
            }
            fits = true;
            reply.done(true);
          }

          /** Some versions tell it to administrators only; then what follows will show it. */
          @Override
          public void failed(StoreException failure) {
            if (String.valueOf(failure.getMessage()).contains("has not the rights")) {
              fits = true;
              reply.done(true);
            } else {
              reply.failed(failure);
            }
          }
        });
  }

  /** Whether it lacks what the store needs. What is no version is not. */
  static boolean isOld(String version) {
    Matcher parts = VERSION.matcher(version);
    return parts.matches() && number(parts, 1) == 3 && number(parts, 2) < 4;
  }

  /** Whether a leader that was stopped may have leases revoked that are alive. */
  static boolean revokesWhenResumed(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches() || number(parts, 1) != 3) {
      return false;
    }
    int minor = number(parts, 2);
    int patch = number(parts, 3);
    return (minor == 4 && patch < 31) || (minor == 5 && patch < 13);
  }

  /** Whether members may come to keep different data after a crash. */
  static boolean mayDiverge(String version) {
    Matcher parts = VERSION.matcher(version);
    return parts.matches()
        && number(parts, 1) == 3
        && number(parts, 2) == 5
        && number(parts, 3) < 3;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
