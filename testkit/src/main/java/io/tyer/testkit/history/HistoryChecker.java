package io.tyer.testkit.history;

import io.tyer.testkit.history.Violation.LeaseId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says whether a history of locks keeps the promises S1, S2 and S5. It needs no search: each lease
 * is shrunk to its core, the time in which its holder is proved to have believed in it; cores that
 * conflict must not overlap, and tokens fix the order of the grants.
 *
 * <p>It finds nothing that is not proved. What it rests on is told in the verdict's figures.
 */
public final class HistoryChecker {

  private HistoryChecker() {}

  /**
   * Checks a history.
   *
   * @param events of all processes, in any order; only what a fenced resource wrote must be in the
   *     order of its file
   * @param rules what to look for
   */
  public static Verdict check(List<Event> events, Rules rules) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::at));
    List<Fault> faults = Fault.of(sorted);
    long start = sorted.isEmpty() ? 0 : sorted.get(0).at();
    Findings findings = new Findings(rules, new Words(start, faults));
    Map<Integer, ProcessLife> lives = ProcessLife.of(sorted);
    List<Acquisition> acquisitions = Acquisitions.of(sorted, findings);
    Map<String, List<Hold>> byName = new LinkedHashMap<>();
    Set<LeaseId> ids = new HashSet<>();
    for (Acquisition acquisition : acquisitions) {
      ids.add(acquisition.id());
      if (acquisition.isGranted()) {
        ProcessLife life = lives.getOrDefault(acquisition.process(), ProcessLife.UNDISTURBED);
        byName
            .computeIfAbsent(acquisition.name(), name -> new ArrayList<>())
            .add(Hold.of(acquisition, life, rules));
      }
    }
    ToldCheck told = new ToldCheck(lives, findings);
    List<Hold> all = new ArrayList<>();
    for (List<Hold> holds : byName.values()) {
      List<Core> cores = new ArrayList<>();
      holds.forEach(hold -> cores.addAll(hold.cores()));
      ExclusionCheck.check(cores, findings);
      TokenCheck.check(holds, findings);
      told.check(holds);
      OvertakenCheck.check(holds, findings);
      all.addAll(holds);
    }
    long accepted = ResourceCheck.check(events, ids, findings);
    return new Verdict(
        findings.violations(),
        findings.unexplained(),
        List.of(
            Figure.of("events", events.size()),
            Figure.of("calls to acquire", acquisitions.size()),
            Figure.of("leases granted", all.size()),
            Figure.of("names with leases", byName.size()),
            Figure.of("leases proved to be held", all.stream().filter(it -> !it.empty()).count()),
            Figure.of("leases with a known token", count(all, lease -> lease.token() != 0)),
            Figure.of("shared leases", count(all, lease -> !lease.exclusive())),
            Figure.of(
                "leases downgraded",
                count(all, it -> it.first(What.DOWNGRADE) != Acquisition.NEVER)),
            Figure.of("leases lost", count(all, lease -> lease.lost() != Acquisition.NEVER)),
            Figure.of("tokens accepted by resources", accepted),
            Figure.of("faults", faults.size())));
  }

  private static long count(List<Hold> holds, Predicate<Acquisition> predicate) {
    return holds.stream().map(Hold::lease).filter(predicate).count();
  }
}
