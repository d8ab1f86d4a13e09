package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TimelineTest {

  private static final long SECOND = 1_000_000_000;

  private final Story story = new Story();

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private Timeline timeline() {
    return Timeline.of(
        story.events(), HistoryChecker.check(story.events(), Rules.all()).violations());
  }

  /** What elements of this style say when pointed at. */
  private static List<String> titles(String svg, String style) throws Exception {
    NodeList all = parse(svg).getElementsByTagName("*");
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(it -> List.of(it.getAttribute("class").split(" ")).contains(style))
        .filter(it -> it.getElementsByTagName("title").getLength() > 0)
        .map(it -> it.getElementsByTagName("title").item(0).getTextContent())
        .toList();
  }

  /** Writes it to look at, if {@code -Dtyer.drawings=directory} says where. */
  private static void keep(String name, String content) throws IOException {
    String directory = System.getProperty("tyer.drawings");
    if (directory != null) {
      Files.writeString(Path.of(directory, name), content);
    }
  }

  private void something() {
    story.event(SECOND, 0, What.FAULT, "partition of <1> & \"2\"");
    story.event(4 * SECOND, 0, What.HEALED, "partition of <1> & \"2\"");
    story
        .exclusive(1, 1, 0)
        .granted(SECOND, 10)
        .valid(2 * SECOND, SECOND)
        .then(5 * SECOND, What.RELEASE);
    story.event(2 * SECOND, 1, What.PAUSED, "").event(5 * SECOND, 1, What.RESUMED, "");
    story.exclusive(2, 1, SECOND).granted(3 * SECOND, 11).released(4 * SECOND);
    story.read(3, 1, SECOND).granted(4 * SECOND + 1, 12).released(5 * SECOND);
    story.event(6 * SECOND, 3, What.KILLED, "");
  }

  @Test
  void eachThingIsDrawn() throws Exception {
    something();
    String svg = timeline().svg();
    keep("small.svg", svg);
    assertThat(titles(svg, "exclusive"))
        .containsExactly(
            "process 1, acquire 1, token 10: granted at +1.000000000 s, proved exclusive until"
                + " +3.000000000 s",
            "process 2, acquire 1, token 11: granted at +3.000000000 s, proved exclusive until"
                + " +4.000000000 s");
    assertThat(titles(svg, "shared")).hasSize(1);
    assertThat(titles(svg, "unproved")).hasSize(1);
    assertThat(titles(svg, "fault")).containsExactly("partition of <1> & \"2\"");
    assertThat(titles(svg, "pause")).containsExactly("process 1 paused");
    assertThat(titles(svg, "kill")).containsExactly("process 3 killed at +6.000000000 s");
    assertThat(titles(svg, "violated")).isEmpty();
  }

  @Test
  void violationsAreOutlined() throws Exception {
    something();
    story.exclusive(4, 9, SECOND).granted(SECOND + 5, 13).released(2 * SECOND);
    story.acquire(5, 1, SECOND, "other", 0, 0).granted(SECOND + 5, 1).released(2 * SECOND);
    List<Violation> violations = HistoryChecker.check(story.events(), Rules.all()).violations();
    assertThat(violations).isNotEmpty();
    String svg = Timeline.of(story.events(), violations).svg(violations.get(0));
    keep("violation.svg", svg);
    assertThat(titles(svg, "violated"))
        .noneMatch(title -> title.startsWith("process 2"))
        .anyMatch(title -> title.startsWith("process 1, acquire 1, token 10"))
        .anyMatch(title -> title.startsWith("process 4, acquire 9, token 13"));
    assertThat(svg).contains("a · 4").doesNotContain("other");
    assertThat(titles(timeline().svg(), "violated")).hasSizeGreaterThan(2);
    assertThat(timeline().svg()).contains("other · 5");
  }

  @Test
  void aPartShowsNothingElse() throws Exception {
    something();
    String svg = timeline().svg(4 * SECOND + 2, 5 * SECOND);
    assertThat(titles(svg, "exclusive")).isEmpty();
    assertThat(titles(svg, "shared")).hasSize(1);
    assertThat(titles(svg, "kill")).isEmpty();
  }

  @Test
  void namesAreEscaped() throws Exception {
    String name = "</svg><script>alert('\u0000\u001b')</script>&amp;";
    story.acquire(1, 1, 0, name, 0, 0).granted(5, 1).released(9);
    story.event(1, 1, What.FAULT, name);
    String svg = timeline().svg();
    assertThat(svg).doesNotContain("<script");
    assertThat(titles(svg, "fault").get(0)).startsWith("</svg><script>alert('??')");
  }

  @Test
  void nothingIsDrawnAsNothing() throws Exception {
    assertThat(titles(timeline().svg(), "exclusive")).isEmpty();
    story.exclusive(1, 1, 7);
    assertThat(titles(timeline().svg(), "exclusive")).isEmpty();
  }

  @Test
  @Tag("full")
  void manyEventsMakeADrawingThatABrowserCanShow() throws Exception {
    Random random = new Random(7);
    for (int name = 0; name < 30; name++) {
      long now = 0;
      for (int i = 1; i <= 800; i++) {
        int process = 1 + random.nextInt(12);
        long granted = now + random.nextInt(1000);
        long released = granted + random.nextInt(1_000_000);
        story
            .acquire(process, name * 1000L + i, now, "lock " + name, 0, 0)
            .granted(granted, i)
            .released(released);
        now = released;
      }
    }
    for (int i = 0; i < 300; i++) {
      long at = random.nextInt(400_000_000);
      story.event(at, 0, What.FAULT, "fault " + i).event(at + 50_000, 0, What.HEALED, "fault " + i);
      story.event(at, i % 12, What.PAUSED, "").event(at + 9000, i % 12, What.RESUMED, "");
    }
    assertThat(story.events()).hasSizeGreaterThan(100_000);
    String svg = timeline().svg();
    keep("many.svg", svg);
    assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isBetween(100_000, 1_000_000);
    assertThat(svg).contains("The 48 fullest of ").contains("is drawn together");
    assertThat(titles(svg, "exclusive")).anyMatch(title -> title.contains("; the first: process"));
  }

  @Test
  void aPageTellsAllOfIt() throws Exception {
    something();
    story.exclusive(4, 9, SECOND).granted(SECOND + 5, 13).released(2 * SECOND);
    Verdict verdict = HistoryChecker.check(story.events(), Rules.all());
    String page =
        new HistoryPage(
                "A <run>",
                story.events(),
                verdict,
                List.of(new Figure("locks & more", "<7>")),
                List.of(
                    new CheckOutcome("nothing left", CheckOutcome.Result.FAILED, "2 <tickets>"),
                    new CheckOutcome("etcd", CheckOutcome.Result.SKIPPED, "not installed")),
                42,
                "tyer-torture --seed 42 && echo \"<done>\"")
            .html();
    keep("page.html", page);
    assertThat(page)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<title>A &lt;run&gt;</title>")
        .contains("<h1>A &lt;run&gt;</h1>")
        .contains("S1: conflicting leases were valid at the same time.")
        .contains("Other checks: 0 passed, 1 failed, 1 skipped.")
        .contains("Seed 42")
        .contains("tyer-torture --seed 42 &amp;&amp; echo &quot;&lt;done&gt;&quot;")
        .contains("locks &amp; more")
        .contains("2 &lt;tickets&gt;")
        .contains("process 4, acquire 9 (exclusive, token 13)")
        .contains("partition of &lt;1&gt; &amp; &quot;2&quot;")
        .doesNotContain("<script")
        .doesNotContain("<run>");
    assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
    String xml = page.replace("<!DOCTYPE html>", "");
    assertThat(parse(xml).getElementsByTagName("svg").getLength())
        .isEqualTo(verdict.violations().size() + 1);
  }

  @Test
  void aPageSaysWhenAllIsWell() {
    something();
    String page =
        new HistoryPage(
                "A run",
                story.events(),
                HistoryChecker.check(story.events(), Rules.all()),
                List.of(),
                List.of(),
                1,
                "again")
            .html();
    assertThat(page).contains("verdict good").contains("No promise is seen broken");
  }

  @Test
  void aFailedCheckIsNoGoodVerdict() {
    String page =
        new HistoryPage(
                "A run",
                List.of(),
                HistoryChecker.check(List.of(), Rules.all()),
                List.of(),
                List.of(new CheckOutcome("a", CheckOutcome.Result.FAILED, "")),
                1,
                "again")
            .html();
    assertThat(page).contains("verdict bad");
  }
}
