import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up surefire's reports: names what failed, says why anything was skipped, and ends with one
 * line that counts. Fails where a test failed or none passed.
 */
final class SumReports {

  private static final int LONGEST = 2000;

  public static void main(String[] files) throws Exception {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    List<String> failures = new ArrayList<>();
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (String file : files) {
      NodeList cases = builder.parse(Path.of(file).toFile()).getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        String name = test.getAttribute("classname") + "." + test.getAttribute("name");
        Element skip = (Element) test.getElementsByTagName("skipped").item(0);
        if (skip != null) {
          skipped++;
          String reason =
              (skip.getAttribute("message") + " " + skip.getTextContent())
                  .strip()
                  .lines()
                  .findFirst()
                  .orElse("");
          System.out.println("skipped " + name + ": " + (reason.isEmpty() ? "no reason given" : reason));
        } else if (test.getElementsByTagName("failure").getLength() > 0
            || test.getElementsByTagName("error").getLength() > 0) {
          failed++;
          failures.add("FAILED " + name + ": " + why(test));
        } else {
          passed++;
        }
      }
    }
    failures.forEach(System.out::println);
    System.out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }

  /** What it failed with, as far as it fits on a few lines. */
  private static String why(Element test) {
    NodeList failure = test.getElementsByTagName("failure");
    NodeList error = test.getElementsByTagName("error");
    String text = (failure.getLength() > 0 ? failure : error).item(0).getTextContent().strip();
    return text.substring(0, Math.min(text.length(), LONGEST));
  }
}
