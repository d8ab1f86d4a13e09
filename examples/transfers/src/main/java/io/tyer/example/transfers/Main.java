package io.tyer.example.transfers;

import io.tyer.Tyer;
import io.tyer.example.transfers.Transfers.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program {@code ./tyer demo transfers}: processes transfer all at once, are killed half way,
 * and paused; afterwards the books are looked at.
 */
public final class Main {

  private static final String HELP =
      """
      ./tyer demo transfers: money between two databases, under two locks at once.
      Takes no arguments. Exit codes: 0 no money was made or lost, 1 some was, 2 wrong arguments.\
      """;

  private final String store;
  private final HostedBanks hosted;
  private final Map<String, Bank> banks;
  private boolean right = true;

  private Main(String store, HostedBanks hosted) {
    this.store = store;
    this.hosted = hosted;
    this.banks = hosted.open();
  }

  /** Runs it, and exits with 0, 1 or 2 as its help says. */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    if (args.length > 0) {
      boolean asked = List.of("-h", "--help").contains(args[0]);
      System.out.println(HELP);
      System.exit(asked ? 0 : 2);
    }
    Path directory = Files.createTempDirectory("tyer-transfers");
    boolean right;
    try (HostedBanks hosted = HostedBanks.start()) {
      right = new Main("file:" + directory, hosted).run();
    } finally {
      delete(directory);
    }
    System.exit(right ? 0 : 1);
  }

  private boolean run() throws IOException, SQLException, InterruptedException {
    say("Two banks, a database each; " + HostedBanks.TOTAL + " in the accounts of both.");
    say("");
    say("1. Two processes, three threads each: any amount between any two accounts");
    crowd();
    try (Tyer tyer = Tyer.open(store)) {
      Transfers transfers = new Transfers(tyer, banks, Teller.PATIENCE, step -> {});
      say("");
      say("2. A process is killed in the middle of a transfer");
      for (Step step : List.of(Step.SENDING, Step.SENT, Step.RECEIVED)) {
        kill(transfers, step);
      }
      say("");
      say("3. A process is paused until others have its locks, and wakes up");
      pause(transfers, Step.SENT);
    }
    say("");
    say(right ? "No money was made or lost." : "NOT AS PROMISED");
    return right;
  }

  private void crowd() throws IOException, SQLException, InterruptedException {
    List<TellerProcess> tellers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        tellers.add(TellerProcess.start(store, hosted, "crowd 40"));
      }
      for (TellerProcess teller : tellers) {
        right &= teller.end() == 0;
      }
    } finally {
      tellers.forEach(TellerProcess::close);
    }
    Audit audit = audit();
    say(
        String.format(
            "   %d done, %d returned for want of room, the rest were not covered: %s",
            audit.done(), audit.returned(), sum(audit)));
  }

  private void kill(Transfers transfers, Step step)
      throws IOException, SQLException, InterruptedException {
    long before = Audit.of(banks).done();
    try (TellerProcess teller = TellerProcess.start(store, hosted, "halt " + step)) {
      right &= teller.end() == Teller.KILLED;
    }
    int unfinished = Audit.of(banks).halves().size();
    right &= transfers.recover() == 0;
    Audit audit = audit();
    say(
        String.format(
            "   %-10s %-22s then: %-10s %s",
            step,
            unfinished == 0 ? "nothing was left" : "the journal says SENT",
            audit.done() == before ? "not at all" : "entirely",
            sum(audit)));
  }

  private void pause(Transfers transfers, Step step)
      throws IOException, SQLException, InterruptedException {
    try (TellerProcess teller = TellerProcess.start(store, hosted, "pause " + step)) {
      right &= teller.hear().equals(Teller.PAUSED);
      teller.signal("STOP");
      right &= transfers.recover() == 0; // waits until its locks are free, a TTL later
      say("   stopped at " + step + "; what it had sent was finished by others");
      teller.signal("CONT");
      teller.tell("go on");
      String said = teller.hear();
      right &= said.startsWith("refused");
      say("   it is " + said);
      right &= teller.end() == 0;
    }
    say("   " + sum(audit()));
  }

  private Audit audit() throws SQLException {
    Audit audit = Audit.of(banks);
    right &= audit.isRight();
    return audit;
  }

  private static String sum(Audit audit) {
    return audit.total()
        + " in both"
        + (audit.halves().isEmpty() ? "" : ", HALF DONE: " + audit.halves());
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
