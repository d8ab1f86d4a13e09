package io.tyer.testkit.torture;

import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens to the members of a group, and between them. */
final class GroupFaults {

  /** What a partition may be. */
  private static final List<MemberHarm> PARTITIONS =
      List.of(
          MemberHarm.ISOLATED,
          MemberHarm.CUT_OFF,
          MemberHarm.DEAF,
          MemberHarm.UNHEARD,
          MemberHarm.OUT_OF_REACH);

  private final StoreServer server;
  private final ServerGroup group;
  private final Claim claim;

  private GroupFaults(StoreServer server, ServerGroup group, Claim claim) {
    this.server = server;
    this.group = group;
    this.claim = claim;
  }

  static Map<FaultKind, Fault> of(StoreServer server, ServerGroup group, Claim claim) {
    GroupFaults faults = new GroupFaults(server, group, claim);
    return Map.of(
        FaultKind.SERVER_PARTITION, faults::partition,
        FaultKind.SERVER_RESTART, faults::restart,
        FaultKind.SERVER_KILL_ALL, faults::killAll,
        FaultKind.DISK_FULL, blow -> faults.harm(MemberHarm.DISK_FULL, blow),
        FaultKind.READ_ONLY, blow -> faults.harm(MemberHarm.DISK_READ_ONLY, blow));
  }

  /** Those of these that need what the machine does not have, with the group's words for it. */
  static Map<FaultKind, String> without(ServerGroup group, Set<FaultKind> kinds) {
    Map<FaultKind, String> reasons = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : kinds) {
      for (MemberHarm harm : harmsOf(kind)) {
        group.cannot(harm).ifPresent(reason -> reasons.putIfAbsent(kind, reason));
      }
    }
    return reasons;
  }

  private static List<MemberHarm> harmsOf(FaultKind kind) {
    return switch (kind) {
      case SERVER_PARTITION -> PARTITIONS;
      case DISK_FULL -> List.of(MemberHarm.DISK_FULL);
      case READ_ONLY -> List.of(MemberHarm.DISK_READ_ONLY);
      default -> List.of();
    };
  }

  private Optional<Fault.Injury> partition(Blow blow) throws IOException, InterruptedException {
    int which = (int) (blow.size() * PARTITIONS.size());
    return harm(PARTITIONS.get(Math.min(which, PARTITIONS.size() - 1)), blow);
  }

  private Optional<Fault.Injury> harm(MemberHarm harm, Blow blow)
      throws IOException, InterruptedException {
    return claim.strike(
        blow,
        () -> {
          ServerGroup.Harmed harmed = group.harmLeader(harm);
          return new Claim.Done(
              harmed.member() + ": " + harm.words() + " for " + blow.durationMillis() + " ms",
              harmed::undo);
        });
  }

  private Optional<Fault.Injury> restart(Blow blow) throws IOException, InterruptedException {
    return claim.strike(
        blow,
        () -> {
          group.restartEach();
          return new Claim.Done("each member in turn", () -> {});
        });
  }

  private Optional<Fault.Injury> killAll(Blow blow) throws IOException, InterruptedException {
    return claim.strike(
        blow,
        () -> {
          group.killAll();
          return new Claim.Done("down for " + blow.durationMillis() + " ms", server::start);
        });
  }
}
