package io.tyer.cli;

import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code tyer doctor}: what this program is and was told, what the store's own provider says, and,
 * if there is a store that can be tried, how it does.
 */
final class DoctorCommand {

  private final DoctorOptions options;
  private final Map<String, String> environment;
  private final Screen screen;

  DoctorCommand(DoctorOptions options, Map<String, String> environment, Screen screen) {
    this.options = options;
    this.environment = environment;
    this.screen = screen;
  }

  int run() {
    StoreChoice store = StoreChoice.looking(options.store(), environment, screen);
    EffectiveOptions effective = new EffectiveOptions(store.address(), environment);
    Duration limit = effective.patience();
    List<Finding> findings = new ArrayList<>(SelfFindings.of());
    findings.addAll(effective.findings());
    Bounded<Diagnosis> diagnosis = Bounded.call("diagnosis", () -> Client.diagnose(store), limit);
    if (diagnosis.isLate()) {
      findings.add(unanswered(limit));
    } else {
      findings.addAll(diagnosis.get().findings());
      if (diagnosis.get().openable()) {
        findings.addAll(trial(store, limit));
      }
    }
    boolean usable = findings.stream().noneMatch(one -> one.level() == Level.PROBLEM);
    print(store, findings, usable);
    return usable ? Exit.OK.code() : Exit.NEGATIVE.code();
  }

  private List<Finding> trial(StoreChoice store, Duration limit) {
    List<Finding> findings = new ArrayList<>();
    Bounded<Boolean> trial =
        Bounded.call(
            "trial", () -> new Trial(store, limit, findings::add).run(), limit.multipliedBy(3));
    return trial.isLate() ? List.of(unanswered(limit.multipliedBy(3))) : findings;
  }

  private static Finding unanswered(Duration limit) {
    return Finding.problem(
        "reachable",
        "the store has not answered within " + limit.toSeconds() + " s",
        "see whether its server runs, or its mount hangs");
  }

  private void print(StoreChoice store, List<Finding> findings, boolean usable) {
    PrintStream out = Help.standardOutput();
    String address = store.address().toString();
    out.print(
        options.json()
            ? FindingsJson.text(address, usable, findings)
            : FindingsText.of(address, usable, findings));
    if (out.checkError()) {
      throw new Refusal(Exit.INTERNAL, "the findings could not be written", null);
    }
  }
}
