package io.tyer.spi;

import java.util.List;

/**
 * What a store's provider says of a store before anybody opens it.
 *
 * @param openable whether a client can be opened and closed for trial without leaving more in the
 *     store than every client does; false also where there is no store yet that could be tried
 * @param findings in the order in which people should read them
 */
public record Diagnosis(boolean openable, List<Finding> findings) {

  /** Keeps a copy. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Nothing to say, and nothing against a trial. */
  public static Diagnosis none() {
    return new Diagnosis(true, List.of());
  }
}
