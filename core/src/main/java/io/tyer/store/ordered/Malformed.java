package io.tyer.store.ordered;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What was read was not written by this release of Tyer, or an older one. */
final class Malformed extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** That it is none of Tyer's, or damaged. */
  Malformed(String what) {
    this(what, null);
  }

  Malformed(String what, @Nullable Throwable cause) {
    super(what, cause);
  }

  /** That it begins as if a newer release had written it. */
  static Malformed newer(String what) {
    return new Malformed(what + ", as a newer release may write it: upgrade this client");
  }
}
