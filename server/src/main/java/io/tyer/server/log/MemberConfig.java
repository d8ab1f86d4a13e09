package io.tyer.server.log;

import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a member keeps its log.
 *
 * @param directory what is this member's alone; made if it is not there
 * @param cluster the id of the group; members of another one are not listened to
 * @param self this member; without a peer address, it stays alone and opens no port
 * @param initialMembers the members of a group that begins, the same at each of them, with this
 *     one; empty for a member that waits to be added. Once the log says who the members are, these
 *     are not looked at.
 * @param peerTls how members prove who they are; without it anybody who reaches the peer address
 *     can do anything
 * @param electionTimeout how long a member hears nothing of the leader before it wants to lead; at
 *     most twice as long. Longer than pauses that should not cost a leader its lead.
 * @param snapshotEvery a snapshot is written after so many entries
 * @param acceptsLoss whether a member alone goes on with what is left of a log that has lost its
 *     end, or has entries that cannot be read
 * @param heap how much it takes upon itself
 */
public record MemberConfig(
    Path directory,
    String cluster,
    MemberInfo self,
    List<MemberInfo> initialMembers,
    Optional<PeerTls> peerTls,
    Duration electionTimeout,
    long snapshotEvery,
    boolean acceptsLoss,
    HeapBound heap) {

  /** How long a member hears nothing of the leader before it wants to lead. */
  public static final Duration ELECTION_TIMEOUT = Duration.ofMillis(200);

  /** After how many entries a snapshot is written, if not after their bytes. */
  public static final long SNAPSHOT_EVERY = 50_000;

  /** Checks what can be checked without looking at the machine. */
  public MemberConfig {
    initialMembers = List.copyOf(initialMembers);
    if (cluster.isBlank()) {
      throw new IllegalArgumentException("the cluster's id is empty");
    }
    if (!initialMembers.isEmpty() && !initialMembers.contains(self)) {
      throw new IllegalArgumentException(
          "member " + self + " is not among the initial members " + initialMembers);
    }
    long ids = initialMembers.stream().map(MemberInfo::id).distinct().count();
    if (ids < initialMembers.size()) {
      throw new IllegalArgumentException("two initial members have one id: " + initialMembers);
    }
    if (self.peerAddress().isEmpty() && initialMembers.size() != 1) {
      throw new IllegalArgumentException(
          "member " + self.id() + " has no address for other members, and is not to be alone");
    }
    if (electionTimeout.toMillis() < 50) {
      throw new IllegalArgumentException(
          "an election time-out of " + electionTimeout.toMillis() + " ms, at least 50 are needed");
    }
    if (snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "a snapshot every " + snapshotEvery + " entries, at least 1 is needed");
    }
  }

  /** Whether it opens no port for other members, since nobody is to reach it. */
  public boolean isAlone() {
    return self.peerAddress().isEmpty();
  }

  /** With the usual times. */
  public static MemberConfig of(
      Path directory, String cluster, MemberInfo self, List<MemberInfo> initialMembers) {
    return new MemberConfig(
        directory,
        cluster,
        self,
        initialMembers,
        Optional.empty(),
        ELECTION_TIMEOUT,
        SNAPSHOT_EVERY,
        false,
        HeapBound.ofThisProcess());
  }
}
