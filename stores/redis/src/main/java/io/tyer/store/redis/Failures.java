package io.tyer.store.redis;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server's refusals mean. */
final class Failures {

  /** {@code @user_script:7: WRONGTYPE}, {@code @user_script:7: @user_script: 7: -OOM}. */
  private static final Pattern IN_SCRIPT =
      Pattern.compile("@user_script: ?[0-9]+: -?([A-Z]{3,})\\b");

  private static final Pattern FIRST = Pattern.compile("^-?([A-Z]+)\\b");

  private Failures() {}

  /** A request that certainly had no effect and may be sent again. */
  static StoreException unreachable(String where, String why, @Nullable Throwable cause) {
    return new StoreException(Kind.UNREACHABLE, where + " was not reached: " + why, cause);
  }

  /** A request that was sent and not answered. */
  static StoreException unknown(String where, @Nullable Throwable cause) {
    return new StoreException(
        Kind.UNKNOWN,
        where + " did not answer: the connection broke, and nobody knows what it did",
        cause);
  }

  /** Whether another server must be asked. */
  static boolean isRedirection(String error) {
    return error.startsWith("MOVED ") || error.startsWith("ASK ");
  }

  static boolean isMoved(String error) {
    return error.startsWith("MOVED ");
  }

  static boolean isNoScript(String error) {
    return error.startsWith("NOSCRIPT");
  }

  /** Whether the server on this connection is no master (any more), so that another is needed. */
  static boolean isNoMaster(String error) {
    return code(error).equals("READONLY") || error.contains("-READONLY");
  }

  /** An error that a server answered. */
  static StoreException refused(String where, String error) {
    if (error.contains("non local key in a cluster node")) {
      return new StoreException(
          Kind.UNKNOWN,
          where + " stopped in the middle: the slot of this lock is being moved in the cluster");
    }
    return switch (code(error)) {
      case "READONLY" ->
          unreachable(
              where,
              "it is a read-only replica; give the address of the master, or redis-sentinel://",
              null);
      case "LOADING" -> unreachable(where, "it is still loading its data", null);
      case "BUSY" -> unreachable(where, "it is busy running somebody's script", null);
      case "MASTERDOWN" -> unreachable(where, "it is a replica without its master", null);
      case "TRYAGAIN", "ASK", "MOVED" ->
          unreachable(where, "the slot of this lock is being moved in the cluster", null);
      case "CLUSTERDOWN" ->
          unreachable(where, "the cluster does not serve this slot now: " + error, null);
      case "NOREPLICAS" -> unreachable(where, "it has too few replicas to write: " + error, null);
      case "OOM" ->
          no(
              where,
              "it has no memory left (maxmemory); nothing was changed, and locks can be given back",
              error);
      case "MISCONF" -> no(where, "it cannot write its data to disk and refuses changes", error);
      case "NOAUTH" ->
          no(where, "it wants a password, and the address has none; write :password@host", error);
      case "WRONGPASS" ->
          no(where, "the user or the password in the address is wrong, or the user is off", error);
      case "NOPERM" ->
          no(
              where,
              "this user may not do what locks need (see the rights in docs/stores/redis.md)",
              error);
      case "WRONGTYPE" ->
          no(
              where,
              "a key that is Tyer's holds something else; remove it, or choose another prefix",
              error);
      case "TYERFORMAT" ->
          no(where, "its locks were written in a format that is newer than this version", error);
      case "ERR" -> no(where, plain(error), error);
      default -> no(where, "it refused", error);
    };
  }

  /** What has no code of its own. */
  private static String plain(String error) {
    if (error.contains("DB index is out of range")) {
      return "it has no database of this number; give a smaller one, or none";
    }
    if (error.contains("cluster support disabled")) {
      return "it is not a node of a cluster: its address begins with redis://";
    }
    return "it refused";
  }

  private static StoreException no(String where, String what, String error) {
    return new StoreException(Kind.REFUSED, where + ": " + what + " (" + error + ")");
  }

  /**
   * What kind of error it is, in one word. Errors of a script carry that of a command: before 7.0
   * behind the line of the script, since then in front.
   */
  static String code(String error) {
    if (error.contains("The user executing the script can't") || error.contains("ACL failure")) {
      return "NOPERM";
    }
    if (error.toLowerCase(Locale.ROOT).contains("invalid password")) {
      return "WRONGPASS";
    }
    Matcher inScript = IN_SCRIPT.matcher(error);
    if ((error.startsWith("ERR ") || error.startsWith("@")) && inScript.find()) {
      return inScript.group(1);
    }
    Matcher first = FIRST.matcher(error);
    return first.find() ? first.group(1) : "";
  }
}
