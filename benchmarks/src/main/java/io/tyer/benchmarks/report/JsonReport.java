package io.tyer.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tyer.benchmarks.rows.Figure;
import io.tyer.benchmarks.rows.Row;
import io.tyer.benchmarks.run.Floors;
import io.tyer.benchmarks.run.Report;
import io.tyer.benchmarks.run.Results;
import io.tyer.benchmarks.run.Run;
import java.util.OptionalDouble;

/** Everything that was found, by row, lock and round, for programs. */
final class JsonReport {

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static String of(Report report) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("command", report.command());
    root.set("machine", JSON.valueToTree(report.machine()));
    root.set("servers", JSON.valueToTree(report.servers()));
    root.set("libraries", JSON.valueToTree(report.libraries()));
    root.put("collectors", report.collectors());
    root.put("rounds", report.rounds());
    root.set("effort", JSON.valueToTree(report.effort()));
    root.put("violations", report.results().violations());
    ArrayNode rows = root.putArray("rows");
    for (Row row : report.plan().rows()) {
      if (!report.section(row).isEmpty()) {
        add(rows.addObject(), report, row);
      }
    }
    root.set("skipped", JSON.valueToTree(report.plan().skipped()));
    root.set("failures", JSON.valueToTree(report.failures()));
    return JSON.writeValueAsString(root) + "\n";
  }

  private static void add(ObjectNode node, Report report, Row row) {
    node.put("row", row.name());
    node.put("title", row.title());
    ArrayNode locks = node.putArray("locks");
    for (Run run : report.section(row)) {
      ObjectNode lock = locks.addObject();
      lock.put("lock", Report.label(run));
      lock.put("subject", report.isSubject(run));
      ObjectNode figures = lock.putObject("figures");
      for (Figure figure : run.row().figures()) {
        if (!report.results().has(run, figure)) {
          continue;
        }
        Results.Spread spread = report.results().spread(run, figure);
        figures
            .putObject(figure.key())
            .put("median", spread.median())
            .put("min", spread.min())
            .put("max", spread.max());
      }
      if (report.isSubject(run)) {
        ObjectNode ratios = lock.putObject("ratios");
        for (Run floor : Floors.of(row, run.subject())) {
          OptionalDouble ratio = report.results().ratio(run, floor);
          if (ratio.isPresent()) {
            ratios.put(Report.label(floor), ratio.getAsDouble());
          }
        }
      }
      lock.set("rounds", JSON.valueToTree(report.results().rounds(run)));
    }
  }
}
