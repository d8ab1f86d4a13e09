package io.tyer.store.file;

import io.tyer.spi.Finding;
import io.tyer.store.record.ProcessProof;
import java.time.Duration;
import java.util.List;

/** What can be known about the processes that use the store, and by which clock they are judged. */
final class ProcessFindings {

  private ProcessFindings() {}

  static List<Finding> of(ProcessProof proof, Duration ttl) {
    return List.of(beats(proof), deaths(proof, ttl.toMillis() / 1000.0));
  }

  private static Finding beats(ProcessProof proof) {
    return proof.clock().isEmpty()
        ? Finding.warning(
            "beats",
            "this machine's boot cannot be told from others (no boot id in /proc), so beats are"
                + " judged by the clock that stamps files",
            "see to it that this clock is never set forward by more than the margin")
        : Finding.ok(
            "beats",
            "judged by the monotonic clock among the processes of this machine: setting the wall"
                + " clock does no harm; between machines, by the clock that stamps files, which must"
                + " not be set forward by more than the margin");
  }

  private static Finding deaths(ProcessProof proof, double ttl) {
    return proof.processes().isEmpty()
        ? Finding.warning(
            "deaths",
            String.format(
                "a dead process cannot be proved dead here, since /proc does not show all of them;"
                    + " what it held is free after %.0f s (the ttl)",
                ttl),
            "mount /proc without hidepid and subset, and for this pid namespace")
        : Finding.ok(
            "deaths",
            String.format(
                "a dead process of this machine and container is seen at once; of others, after"
                    + " %.0f s (the ttl)",
                ttl));
  }
}
