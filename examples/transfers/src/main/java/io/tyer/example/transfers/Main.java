package io.tyer.example.transfers;

import io.tyer.Tyer;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.Program;
import io.tyer.example.frame.Screen;
import io.tyer.example.transfers.Transfers.Step;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The program {@code ./tyer demo transfers}: processes transfer all at once, are killed half way,
 * and paused; afterwards the books are looked at.
 */
public final class Main {

  private final Screen screen;
  private final String store;
  private final HostedBanks hosted;
  private final Map<String, Bank> banks;

  private Main(Screen screen, String store, HostedBanks hosted) {
    this.screen = screen;
    this.store = store;
    this.hosted = hosted;
    this.banks = hosted.open();
  }

  /** Runs it, and exits as its help says. */
  public static void main(String[] args) {
    Program.main(
        "transfers",
        "money between two databases, under two locks at once.",
        args,
        (directory, screen) -> {
          try (HostedBanks hosted = HostedBanks.start()) {
            new Main(screen, "file:" + directory, hosted).show();
          }
        });
  }

  private void show() throws IOException, SQLException, InterruptedException {
    screen.line("Two banks, a database each; " + HostedBanks.TOTAL + " in the accounts of both.");
    screen.line("");
    screen.line("1. Two processes, three threads each: any amount between any two accounts");
    crowd();
    try (Tyer tyer = Tyer.open(store)) {
      Transfers transfers = new Transfers(tyer, banks, Teller.PATIENCE, step -> {});
      screen.line("");
      screen.line("2. A process is killed in the middle of a transfer");
      for (Step step : List.of(Step.SENDING, Step.SENT, Step.RECEIVED)) {
        kill(transfers, step);
      }
      screen.line("");
      screen.line("3. A process is paused until others have its locks, and wakes up");
      pause(transfers, Step.SENT);
    }
    screen.line("");
  }

  private void crowd() throws IOException, SQLException, InterruptedException {
    ChildProcess one = Teller.start(store, hosted, "crowd 40");
    ChildProcess other = Teller.start(store, hosted, "crowd 40");
    screen.require(one.end() == 0 && other.end() == 0, "both have ended well");
    Audit audit = audit();
    screen.line(
        String.format(
            "   %d done, %d returned for want of room, the rest were not covered: %s",
            audit.done(), audit.returned(), sum(audit)));
  }

  private void kill(Transfers transfers, Step step)
      throws IOException, SQLException, InterruptedException {
    long before = Audit.of(banks).done();
    ChildProcess teller = Teller.start(store, hosted, "halt " + step);
    screen.require(teller.end() == ChildProcess.KILLED, "it is dead");
    int unfinished = Audit.of(banks).halves().size();
    screen.require(transfers.recover() == 0, "nothing is left to finish");
    Audit audit = audit();
    screen.line(
        String.format(
            "   %-10s %-22s then: %-10s %s",
            step,
            unfinished == 0 ? "nothing was left" : "the journal says SENT",
            audit.done() == before ? "not at all" : "entirely",
            sum(audit)));
  }

  private void pause(Transfers transfers, Step step)
      throws IOException, SQLException, InterruptedException {
    ChildProcess teller = Teller.start(store, hosted, "pause " + step);
    screen.require(teller.hear().equals(Teller.PAUSED), "it stands at " + step);
    teller.pause();
    // Waits until its locks are free, a TTL later.
    screen.require(transfers.recover() == 0, "nothing is left to finish");
    screen.line("   stopped at " + step + "; what it had sent was finished by others");
    teller.resume();
    teller.tell("go on");
    String said = teller.hear();
    screen.check(said.startsWith("refused"), "it is " + said);
    screen.require(teller.end() == 0, "it has ended well");
    screen.line("   " + sum(audit()));
  }

  private Audit audit() throws SQLException {
    Audit audit = Audit.of(banks);
    screen.require(audit.isRight(), "the books of both agree");
    return audit;
  }

  private static String sum(Audit audit) {
    return audit.total()
        + " in both"
        + (audit.halves().isEmpty() ? "" : ", HALF DONE: " + audit.halves());
  }
}
