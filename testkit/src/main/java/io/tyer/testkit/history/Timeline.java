package io.tyer.testkit.history;

import io.tyer.testkit.history.Violation.LeaseId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws a history, or a part of it, as one self-contained SVG: a row for each lock and process, or
 * several if its threads acquire at once. Leases are bars, waiting is a line, faults are shaded.
 *
 * <p>What is too small to be seen is drawn together, and rows beyond the {@value #ROWS} that matter
 * most are left out; the drawing says so.
 */
public final class Timeline {

  private static final int ROWS = 48;

  /** What keeps drawings small enough for a browser. */
  private static final int BARS = 2500;

  private final List<Acquisition> acquisitions;
  private final Map<Integer, ProcessLife> lives;
  private final List<Fault> faults;
  private final List<Violation> violations;
  private final Words words;
  private final long start;
  private final long end;

  private Timeline(List<Event> events, List<Violation> violations) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::at));
    this.start = sorted.isEmpty() ? 0 : sorted.get(0).at();
    this.end = sorted.isEmpty() ? 1 : sorted.get(sorted.size() - 1).at();
    this.faults = Fault.of(sorted);
    this.lives = ProcessLife.of(sorted);
    this.words = new Words(start, faults);
    this.acquisitions = Acquisitions.of(sorted, new Findings(Rules.all(), words));
    this.violations = List.copyOf(violations);
  }

  /** A drawing of these events, with these violations outlined. */
  public static Timeline of(List<Event> events, List<Violation> violations) {
    return new Timeline(events, violations);
  }

  /** All of it. */
  public String svg() {
    return svg(start, end);
  }

  /** A part. */
  public String svg(long from, long to) {
    return svg(from, to, acquisitions, violations);
  }

  /** What surrounds a violation, of its lock alone. */
  public String svg(Violation violation) {
    long to = Math.min(violation.to(), end);
    long around = Math.max(1, (to - violation.from()) / 5);
    List<Acquisition> its =
        acquisitions.stream()
            .filter(it -> violation.name().isEmpty() || violation.name().equals(it.name()))
            .toList();
    return svg(
        Math.max(start, violation.from() - around),
        Math.min(end, to + around),
        its,
        List.of(violation));
  }

  private String svg(long from, long to, List<Acquisition> shownOf, List<Violation> outlined) {
    Scale scale = new Scale(start, from, Math.max(to, from + 1));
    Set<LeaseId> red = new HashSet<>();
    outlined.forEach(violation -> red.addAll(violation.leases()));
    List<Row> rows = Row.of(drawn(shownOf, red, scale));
    List<Row> shown = new ArrayList<>(rows);
    if (rows.size() > ROWS) {
      shown.sort(
          Comparator.comparing(Row::violated)
              .thenComparingInt(row -> row.bars().size())
              .reversed());
      Set<Row> kept = new HashSet<>(shown.subList(0, ROWS));
      shown = new ArrayList<>(rows);
      shown.retainAll(kept);
    }
    long grain = grain(shown, scale);
    List<String> remarks = new ArrayList<>();
    if (rows.size() > shown.size()) {
      remarks.add("The " + shown.size() + " fullest of " + rows.size() + " rows are drawn.");
    }
    remarks.add(
        "What is shorter than "
            + Words.seconds(grain)
            + " and closer than that to the next is drawn together with it.");
    List<Fault> visible =
        faults.stream().filter(fault -> scale.shows(fault.from(), fault.to())).toList();
    List<Violation> alone =
        outlined.stream()
            .filter(it -> it.leases().isEmpty() && scale.shows(it.from(), it.to()))
            .toList();
    return new Drawing(scale, grain, words).draw(shown, visible, alone, remarks);
  }

  /** The shortest time of which a bar is drawn for itself. */
  private static long grain(List<Row> rows, Scale scale) {
    for (long grain = scale.pixel(); ; grain *= 2) {
      long it = grain;
      if (rows.stream().mapToLong(row -> Bar.merged(row.bars(), it).size()).sum() <= BARS
          || grain > scale.to() - scale.from()) {
        return grain;
      }
    }
  }

  private List<Row.Drawn> drawn(List<Acquisition> shownOf, Set<LeaseId> red, Scale scale) {
    List<Row.Drawn> all = new ArrayList<>();
    for (Acquisition acquisition : shownOf) {
      ProcessLife life = lives.getOrDefault(acquisition.process(), ProcessLife.UNDISTURBED);
      Hold hold = Hold.of(acquisition, life, Rules.all());
      long over = over(hold, life);
      if (scale.shows(acquisition.called(), over)) {
        List<Bar> bars = bars(hold, over, red.contains(acquisition.id()));
        bars.removeIf(bar -> !scale.shows(bar.from(), bar.to()));
        all.add(new Row.Drawn(acquisition, over, bars));
      }
    }
    return all;
  }

  /** When the lease, or the wait for it, was over for its user. */
  private long over(Hold hold, ProcessLife life) {
    Acquisition lease = hold.lease();
    if (!lease.isGranted()) {
      for (Event event : lease.events()) {
        if (event.what() != What.ACQUIRE) {
          return event.at();
        }
      }
      return Math.max(lease.called(), Math.min(life.killed(), end));
    }
    long over = Math.min(lease.released(), life.killed());
    if (over == Acquisition.NEVER) {
      over = lease.events().get(lease.events().size() - 1).at();
    }
    return Math.max(over, Math.min(hold.until(), end));
  }

  private List<Bar> bars(Hold hold, long over, boolean red) {
    Acquisition lease = hold.lease();
    String who = Words.who(lease);
    List<Bar> bars = new ArrayList<>(4);
    long granted = Math.min(lease.granted(), over);
    bars.add(new Bar(Bar.Kind.WAITING, lease.called(), granted, who + " waits", red));
    if (lease.isGranted()) {
      String lasts =
          (lease.token() == 0 ? ", token unknown" : ", token " + lease.token())
              + ": granted at "
              + words.at(lease.granted());
      for (Core core : hold.cores()) {
        Bar.Kind kind = core.exclusive() ? Bar.Kind.EXCLUSIVE : Bar.Kind.SHARED;
        String until = ", proved " + kind.style + " until " + words.at(core.to());
        bars.add(new Bar(kind, core.from(), Math.min(core.to(), end), who + lasts + until, red));
      }
      if (hold.empty() || hold.until() < over) {
        String until = ", not proved after " + words.at(hold.until());
        bars.add(new Bar(Bar.Kind.UNPROVED, hold.until(), over, who + lasts + until, red));
      }
    }
    return bars;
  }
}
