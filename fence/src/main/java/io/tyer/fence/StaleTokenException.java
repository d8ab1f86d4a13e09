package io.tyer.fence;

import io.tyer.TyerException;
import java.io.Serial;
import java.util.OptionalLong;

/**
 * Refused by what is protected: a larger fencing token has been seen there, so the lock was granted
 * to somebody else since. Nothing was changed. Give up what the lease was for; acquiring again
 * brings a newer token.
 */
public final class StaleTokenException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  private final String resource;
  private final long token;
  private final long newest;

  /**
   * Of a token that is smaller than the newest one seen.
   *
   * @param resource what is protected
   * @param token the token that was refused
   * @param newest the largest one seen there
   */
  public StaleTokenException(String resource, long token, long newest) {
    this(resource, token, newest, " has seen token " + newest + " since");
  }

  /** Of a token that is smaller than the newest one seen, which is not known. */
  public StaleTokenException(String resource, long token) {
    this(resource, token, 0, " has seen a larger one since");
  }

  private StaleTokenException(String resource, long token, long newest, String seen) {
    super("token " + token + " is stale: " + resource + seen, null);
    this.resource = resource;
    this.token = token;
    this.newest = newest;
  }

  /** What is protected. */
  public String resource() {
    return resource;
  }

  /** The token that was refused. */
  public long token() {
    return token;
  }

  /** The largest token seen there; empty if whoever refused does not know it. */
  public OptionalLong newest() {
    return newest == 0 ? OptionalLong.empty() : OptionalLong.of(newest);
  }
}
