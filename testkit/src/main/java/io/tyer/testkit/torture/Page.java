package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The report of a run. */
final class Page {

  private Page() {}

  static Path write(
      TorturePlan plan,
      List<Event> events,
      Verdict verdict,
      Findings findings,
      Ground ground,
      Nemesis nemesis)
      throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(Replay.command(plan)).append('\n');
    verdict.figures().forEach(figure -> text.append(figure).append('\n'));
    findings.checks().forEach(check -> text.append(check).append('\n'));
    ground.skipped().forEach((kind, why) -> text.append(kind).append(' ').append(why).append('\n'));
    text.append(nemesis.struck()).append('\n').append(events.size());
    return Files.writeString(plan.output().resolve("report.txt"), text);
  }
}
