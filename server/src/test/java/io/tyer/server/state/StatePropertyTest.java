package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random entries: the state machine answers and tells what the {@link Oracle} says; one that reads
 * its entries from bytes, and is saved and restored in between, comes to the same. {@code
 * -Dtyer.seed} repeats a sequence, {@code -Dtyer.seeds} tries more.
 */
class StatePropertyTest {

  private static final Long REPLAYED = Long.getLong("tyer.seed");
  private static final int SEQUENCES = REPLAYED != null ? 1 : Integer.getInteger("tyer.seeds", 300);
  private static final int ENTRIES = 120;

  private int granted;
  private int ended;
  private int recalled;
  private int changed;

  @Test
  void whatTheOracleSaysOnAllMembers() throws Exception {
    long first = REPLAYED != null ? REPLAYED : new SecureRandom().nextLong(1L << 40);
    System.out.println("state: -Dtyer.seed=" + first + " and " + (SEQUENCES - 1) + " more");
    for (long seed = first; seed < first + SEQUENCES; seed++) {
      run(seed);
    }
    System.out.printf(
        "granted %d, ended %d, recalled %d, changed %d%n", granted, ended, recalled, changed);
    if (REPLAYED == null) {
      assertThat(List.of(granted, ended, recalled, changed))
          .allMatch(count -> count > SEQUENCES / 2);
    }
  }

  private void run(long seed) throws Exception {
    Random random = new Random(seed);
    Oracle oracle = new Oracle();
    RandomCommands commands = new RandomCommands(random, oracle.alive()::contains);
    LockMachine machine = new LockMachine();
    LockMachine member = new LockMachine();
    Image image = machine.image();
    byte[] atImage = image.hash();
    Set<Long> told = new HashSet<>();
    int holding = 0;
    for (int i = 0; i < ENTRIES; i++) {
      String where = "-Dtyer.seed=" + seed + ", entry " + i;
      Entry entry = entry(random, commands);
      Applied expected = oracle.apply(entry);
      Applied applied = machine.apply(entry);
      assertThat(plain(applied.outcomes()))
          .as("%s: %s", where, entry)
          .isEqualTo(plain(expected.outcomes()));
      assertThat(sorted(applied.notices()))
          .as("%s: %s", where, entry)
          .isEqualTo(sorted(expected.notices()));
      assertThat(member.apply(EntryCodec.decode(EntryCodec.encode(entry))))
          .as("%s: the other member", where)
          .isEqualTo(applied);
      look(where, oracle, machine);
      Tally tally = machine.tally();
      holding += tally.waits().count() - tally.holds().count();
      assertThat(holding).as("%s: grants less leaves", where).isEqualTo(oracle.granted().size());
      listen(where, applied, told, oracle);
      if (random.nextInt(8) == 0) {
        assertThat(member.hash()).as(where).isEqualTo(machine.hash());
        member = SnapshotTest.restored(member);
        assertThat(member.waiting()).as(where).isEqualTo(machine.waiting());
        assertThat(member.heapCost()).as(where).isEqualTo(machine.heapCost());
        assertThat(member.tokensAbove(2_000)).as(where).isEqualTo(machine.tokensAbove(2_000));
        assertThat(member.hash()).as(where).isEqualTo(machine.hash());
      }
      if (random.nextInt(8) == 0) {
        assertThat(image.hash()).as("%s: an image", where).isEqualTo(atImage);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        image = machine.image();
        image.write(out);
        atImage = image.hash();
      }
    }
  }

  private static Entry entry(Random random, RandomCommands commands) {
    List<Command> some = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      some.add(commands.next());
    }
    long elapsed = random.nextInt(4) == 0 ? random.nextInt(501) : random.nextInt(20);
    return new Entry(elapsed, random.nextInt(1_000), some);
  }

  /** The state is the oracle's, and keeps what is promised. */
  private static void look(String where, Oracle oracle, LockMachine machine) {
    assertThat(machine.sessions()).as(where).isEqualTo(oracle.alive().size());
    int tickets = 0;
    for (Map.Entry<LockName, Line> line : oracle.lines().entrySet()) {
      assertThat(machine.line(line.getKey())).as(where).isEqualTo(line.getValue());
      tickets += line.getValue().length();
      List<Ticket> all = line.getValue().tickets();
      assertThat(all).as(where).allMatch(ticket -> oracle.alive().contains(ticket.session()));
      Set<Long> granted = oracle.granted().keySet();
      List<Ticket> holding = all.stream().filter(t -> granted.contains(t.number())).toList();
      assertThat(holding.size() == 1 || holding.stream().noneMatch(Ticket::exclusive))
          .as("%s: %s exclude each other", where, holding)
          .isTrue();
    }
    assertThat(machine.tickets()).as(where).isEqualTo(tickets);
    assertThat(machine.waiting()).as(where).isEqualTo(tickets - oracle.granted().size());
    assertThat(machine.lines())
        .as(where)
        .isEqualTo(oracle.lines().values().stream().filter(line -> !line.isEmpty()).count());
  }

  /** Every granted ticket has been told so, by an outcome or by a notice. */
  private void listen(String where, Applied applied, Set<Long> told, Oracle oracle) {
    for (Outcome outcome : applied.outcomes()) {
      if (outcome instanceof Outcome.Ticket ticket
          && ticket.state() instanceof TicketState.Granted state) {
        told.add(state.number());
      }
    }
    boolean grants = false;
    for (Notice notice : applied.notices()) {
      if (notice instanceof Notice.Granted grant) {
        told.add(grant.number());
        grants = true;
        granted++;
      }
      if (notice instanceof Notice.Ended) {
        assertThat(grants).as("%s: a grant is told before an end", where).isFalse();
        ended++;
      }
      recalled += notice instanceof Notice.Recalled ? 1 : 0;
      changed += notice instanceof Notice.Changed ? 1 : 0;
    }
    assertThat(told).as(where).containsAll(oracle.granted().keySet());
  }

  /** Without messages, which the oracle does not know. */
  private static List<Outcome> plain(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(o -> o instanceof Outcome.Failed failed ? new Outcome.Failed(failed.why(), "") : o)
        .toList();
  }

  private static List<String> sorted(List<Notice> notices) {
    return notices.stream()
        .map(n -> n instanceof Notice.Ended ended ? new Notice.Ended(ended.session(), "") : n)
        .map(Notice::toString)
        .sorted()
        .toList();
  }
}
