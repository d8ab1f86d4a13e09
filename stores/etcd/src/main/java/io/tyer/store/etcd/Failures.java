package io.tyer.store.etcd;

import io.grpc.Status;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.network.HostPort;
import io.tyer.store.network.TlsFailures;
import java.net.ConnectException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words for users, and what is known of the effect. */
final class Failures {

  /** What a member says before it does anything, and another one, or the same later, may not. */
  private static final Set<String> DONE_NOTHING =
      Set.of(
          "etcdserver: no leader",
          "etcdserver: not capable",
          "etcdserver: too many requests",
          "etcdserver: mvcc: database space exceeded",
          "etcdserver: corrupt cluster");

  private static final TlsFailures TLS_FAILURES =
      new TlsFailures("etcd", "use a name that the certificate has");

  private static final String NO_SUCH_LEASE = "etcdserver: requested lease not found";

  private final EtcdAddress address;

  Failures(EtcdAddress address) {
    this.address = address;
  }

  /** Whether the token that was shown is no longer good; nothing was done. */
  static boolean isOldToken(Status status) {
    String said = said(status);
    return said.equals("etcdserver: invalid auth token")
        || said.equals("etcdserver: revision of auth store is old");
  }

  /** Whether nobody needs to prove who he is. */
  static boolean needsNoToken(Status status) {
    return said(status).equals("etcdserver: authentication is not enabled");
  }

  /**
   * What a call came to.
   *
   * @param arrived whether it may have arrived
   * @param changes whether it would have changed something
   */
  StoreException of(HostPort member, Status status, boolean arrived, boolean changes) {
    Throwable cause = status.getCause();
    String tls = cause == null ? null : TLS_FAILURES.explain(cause, address.certificate() != null);
    if (tls != null) {
      return refused(member, tls, cause);
    }
    String said = said(status);
    if (said.equals(NO_SUCH_LEASE)) {
      return dead(member + " says that the session's lease is not there any more");
    }
    String refusal = refusal(status, said);
    if (refusal != null) {
      return refused(member, refusal, cause);
    }
    boolean unknown = changes && arrived && !DONE_NOTHING.contains(said);
    return new StoreException(
        unknown ? Kind.UNKNOWN : Kind.UNREACHABLE,
        member
            + (arrived ? " did not answer as asked: " : " was not reached: ")
            + text(status)
            + hint(said, arrived, cause),
        cause);
  }

  private @Nullable String refusal(Status status, String said) {
    return switch (said) {
      case "etcdserver: permission denied" ->
          (address.user() == null ? "this client" : "the user " + address.user())
              + " has not the rights; a role needs readwrite below "
              + address.path()
              + "/ (etcdctl role grant-permission ROLE --prefix=true readwrite "
              + address.path()
              + "/)";
      case "etcdserver: authentication failed, invalid user ID or password" ->
          "the user " + address.user() + " is not known there, or has another password";
      case "etcdserver: user name is empty" ->
          "it demands a user and a password; write user:password@ before the members";
      case "etcdserver: user name not found", "etcdserver: invalid auth management" -> said;
      default -> byCode(status, said);
    };
  }

  private static @Nullable String byCode(Status status, String said) {
    return switch (status.getCode()) {
      case UNIMPLEMENTED ->
          "what listens there is no etcd of version 3.4 or later (" + text(status) + ")";
      case PERMISSION_DENIED, UNAUTHENTICATED -> said;
      case INVALID_ARGUMENT, FAILED_PRECONDITION -> said.startsWith("etcdserver: ") ? said : null;
      default -> null;
    };
  }

  private String hint(String said, boolean arrived, @Nullable Throwable cause) {
    if (said.equals("etcdserver: mvcc: database space exceeded")) {
      return " (its database is full: compact and defragment it, then disarm the alarm)";
    }
    if (arrived || isNobodyThere(cause) || said.startsWith("etcdserver: ")) {
      return "";
    }
    return address.tls()
        ? " (if it does not speak TLS there, the address begins with etcd)"
        : " (if it speaks TLS there, the address begins with etcds)";
  }

  private static boolean isNobodyThere(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  StoreException refused(HostPort member, String why, @Nullable Throwable cause) {
    return new StoreException(Kind.REFUSED, member + " refused: " + why, cause);
  }

  static StoreException dead(String why) {
    return new StoreException(Kind.SESSION_DEAD, why);
  }

  StoreException closed() {
    return new StoreException(Kind.UNREACHABLE, address + " was closed");
  }

  private static String said(Status status) {
    return status.getDescription() == null ? "" : status.getDescription();
  }

  /** What a status says, and the innermost reason, which names what failed. */
  static String text(Status status) {
    StringBuilder text = new StringBuilder();
    text.append(
        status.getDescription() == null ? status.getCode().name() : status.getDescription());
    Throwable innermost = status.getCause();
    while (innermost != null && innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    if (innermost != null && innermost.getMessage() != null) {
      text.append(": ").append(innermost.getMessage());
    }
    return text.toString();
  }
}
