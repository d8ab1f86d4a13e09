import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up surefire's reports: names what failed, says why anything was skipped, and ends with one
 * line that counts. Fails where a test failed or none passed.
 */
final class SumReports {
  public static void main(String[] files) throws Exception {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (String file : files) {
      NodeList cases = builder.parse(Path.of(file).toFile()).getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        String name = test.getAttribute("classname") + "." + test.getAttribute("name");
        Element skip = (Element) test.getElementsByTagName("skipped").item(0);
        if (skip != null) {
          skipped++;
          String reason = (skip.getAttribute("message") + " " + skip.getTextContent()).strip();
          System.out.println("skipped " + name + ": " + (reason.isEmpty() ? "no reason given" : reason));
        } else if (test.getElementsByTagName("failure").getLength() > 0
            || test.getElementsByTagName("error").getLength() > 0) {
          failed++;
          System.out.println("FAILED " + name);
        } else {
          passed++;
        }
      }
    }
    System.out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }
}
