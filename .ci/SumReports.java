import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up surefire's reports: says why anything was skipped, how many tests ran in each module and
 * how long its classes took, one after the other, which classes took longest, and what failed; ends
 * with one line that counts. Fails where a test failed or none passed.
 */
final class SumReports {

  private static final int LONGEST_TEXT = 2000;
  private static final int SLOWEST = 15;

  /** What one module's tests, or all, came to. */
  private static final class Sum {
    private int passed;
    private int failed;
    private int skipped;
    private double seconds;
  }

  /** A class of tests, in one report. */
  private record Ran(String name, double seconds) {}

  private final Map<String, Sum> modules = new TreeMap<>();
  private final List<Ran> classes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Sum all = new Sum();

  public static void main(String[] files) throws Exception {
    SumReports reports = new SumReports();
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (String file : files) {
      reports.add(moduleOf(file), builder.parse(Path.of(file).toFile()).getDocumentElement());
    }
    reports.print();
    System.exit(reports.all.failed == 0 && reports.all.passed > 0 ? 0 : 1);
  }

  /** {@code ./stores/file/target/…} is a report of {@code stores/file}. */
  private static String moduleOf(String file) {
    String path = file.startsWith("./") ? file.substring(2) : file;
    int target = path.indexOf("/target/");
    return target < 0 ? path : path.substring(0, target);
  }

  private void add(String module, Element suite) {
    Sum sum = modules.computeIfAbsent(module, name -> new Sum());
    double seconds = Double.parseDouble(suite.getAttribute("time").replace(",", ""));
    classes.add(new Ran(suite.getAttribute("name"), seconds));
    sum.seconds += seconds;
    all.seconds += seconds;
    NodeList cases = suite.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      add(sum, (Element) cases.item(i));
    }
  }

  private void add(Sum sum, Element test) {
    String name = test.getAttribute("classname") + "." + test.getAttribute("name");
    Element skip = (Element) test.getElementsByTagName("skipped").item(0);
    if (skip != null) {
      sum.skipped++;
      all.skipped++;
      String reason =
          (skip.getAttribute("message") + " " + skip.getTextContent())
              .strip()
              .lines()
              .findFirst()
              .orElse("");
      System.out.println("skipped " + name + ": " + (reason.isEmpty() ? "no reason given" : reason));
    } else if (test.getElementsByTagName("failure").getLength() > 0
        || test.getElementsByTagName("error").getLength() > 0) {
      sum.failed++;
      all.failed++;
      failures.add("FAILED " + name + ": " + why(test));
    } else {
      sum.passed++;
      all.passed++;
    }
  }

  /** What it failed with, as far as it fits on a few lines. */
  private static String why(Element test) {
    NodeList failure = test.getElementsByTagName("failure");
    NodeList error = test.getElementsByTagName("error");
    String text = (failure.getLength() > 0 ? failure : error).item(0).getTextContent().strip();
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  private void print() {
    System.out.printf("%n%-22s %7s %7s %8s %9s%n", "module", "passed", "failed", "skipped", "seconds");
    modules.forEach(SumReports::row);
    row("all", all);
    System.out.printf("%nthe slowest classes%n");
    classes.stream()
        .sorted(Comparator.comparingDouble(Ran::seconds).reversed())
        .limit(SLOWEST)
        .forEach(ran -> System.out.printf("%9.0f s  %s%n", ran.seconds(), ran.name()));
    System.out.println();
    failures.forEach(System.out::println);
    System.out.println(
        all.passed + " passed, " + all.failed + " failed, " + all.skipped + " skipped");
  }

  private static void row(String name, Sum sum) {
    System.out.printf(
        "%-22s %7d %7d %8d %9.0f%n", name, sum.passed, sum.failed, sum.skipped, sum.seconds);
  }
}
