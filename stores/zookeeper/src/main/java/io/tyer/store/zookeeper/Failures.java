package io.tyer.store.zookeeper;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/** What ZooKeeper's refusals mean. */
final class Failures {

  private final ZooKeeperAddress address;

  Failures(ZooKeeperAddress address) {
    this.address = address;
  }

  /** A request that certainly had no effect and may be sent again. */
  StoreException unreachable(String why) {
    return new StoreException(Kind.UNREACHABLE, address + " was not reached: " + why);
  }

  StoreException unknown(String why) {
    return new StoreException(Kind.UNKNOWN, address + " did not answer: " + why);
  }

  StoreException refused(String why) {
    return new StoreException(Kind.REFUSED, address + " refused: " + why);
  }

  StoreException ended(String why) {
    return new StoreException(Kind.SESSION_DEAD, address + ": " + why);
  }

  /**
   * What a result means.
   *
   * @param path what it was about
   * @param changes whether the request would have changed something
   */
  StoreException of(int result, @Nullable String path, boolean changes) {
    Code code = Code.get(result);
    if (code == null) {
      return open(changes, "it says " + result + ", which this client does not know");
    }
    return switch (code) {
      case CONNECTIONLOSS, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
          open(changes, "the connection broke, and nobody knows what it did");
      case SESSIONEXPIRED -> ended("it has ended the session");
      case SESSIONMOVED -> unreachable("the session has just moved to another connection");
      case THROTTLEDOP -> unreachable("it has too much to do (THROTTLEDOP)");
      case NOTREADONLY ->
          unreachable("this member is read-only, since it has lost most of the others");
      case AUTHFAILED ->
          refused(
              "it does not believe who this client says it is (AUTHFAILED); by SASL's DIGEST-MD5"
                  + " this client says it only with -Dzookeeper.fips-mode=false");
      case NOAUTH ->
          refused(
              (address.user() == null && !address.owned()
                      ? "without credentials"
                      : "with these credentials")
                  + " this client may not use "
                  + path
                  + " (NOAUTH): user and password are wrong, or others made it; see its ACL by"
                  + " getAcl");
      case INVALIDACL ->
          refused(
              "acl=auth needs credentials that it knows: user:password@ in the address, or SASL"
                  + " (INVALIDACL)");
      case UNIMPLEMENTED ->
          refused("it is too old: locks need ZooKeeper 3.5.3 or later (UNIMPLEMENTED)");
      case QUOTAEXCEEDED ->
          refused("a quota is used up at " + path + " (QUOTAEXCEEDED); see it by listquota");
      case NONODE ->
          refused(path + " is missing: what this client had made there was removed by hand");
      default -> open(changes, "it says " + code + " of " + path);
    };
  }

  private StoreException open(boolean changes, String why) {
    return changes ? unknown(why) : unreachable(why);
  }
}
