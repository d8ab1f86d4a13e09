package io.tyer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SourceRuleTest {
  private static final Repository REPOSITORY = Repository.ofWorkingDirectory();

  @ParameterizedTest
  @EnumSource
  void mainSourcesKeepIt(SourceRule rule) {
    List<SourceFile> sources = REPOSITORY.mainSources();
    assertThat(sources).as("main sources found").hasSizeGreaterThan(20);
    assertThat(sources).flatMap(rule::violations).isEmpty();
  }

  @Test
  void theClockIsReadInOnePlace() {
    assertThat(REPOSITORY.mainSources())
        .filteredOn(file -> file.name().equals("SystemSurroundings.java"))
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(SourceRule::isSystemSurroundings, "in core");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MONITOR         | synchronized (this) {}
          MONITOR         | private synchronized void f() {}
          SLEEP           | Thread.sleep(1);
          SLEEP           | Thread . sleep(1);
          SLEEP           | TimeUnit.SECONDS.sleep(1);
          SLEEP           | import static java.lang.Thread.sleep;
          SLEEP           | run(Thread::sleep);
          PRINT           | System.out.println(x);
          PRINT           | System.err.println(x);
          STACK_TRACE     | e.printStackTrace();
          WALL_CLOCK      | long t = System.currentTimeMillis();
          WALL_CLOCK      | LongSupplier t = System::currentTimeMillis;
          WALL_CLOCK      | import static java.lang.System.currentTimeMillis;
          WALL_CLOCK      | Instant.now();
          WALL_CLOCK      | LocalDateTime.now();
          WALL_CLOCK      | ZonedDateTime::now
          WALL_CLOCK      | Clock.systemUTC();
          WALL_CLOCK      | new Date();
          WALL_CLOCK      | new java.util.GregorianCalendar()
          WALL_CLOCK      | Calendar.getInstance();
          MONOTONIC_CLOCK | System.nanoTime();
          """)
  void bites(SourceRule rule, String code) {
    assertThat(rule.violations(core("class A {\n" + code + "\n}"))).hasSize(1);
    assertThat(rule.violations(core("class A {\n" + code + "\n}")).get(0)).contains(":2: ");
    assertThat(rule.violations(core("// " + code))).isEmpty();
    assertThat(rule.violations(core("/* " + code + " */"))).isEmpty();
    assertThat(rule.violations(core("String s = \"" + code + "\";"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MONITOR         | Collections.synchronizedList(x);
          SLEEP           | thread.sleeps();
          PRINT           | System.exit(1);
          WALL_CLOCK      | Instant.ofEpochMilli(1);
          WALL_CLOCK      | new Date(1);
          MONOTONIC_CLOCK | surroundings.nanoTime();
          """)
  void doesNotBiteWithoutCause(SourceRule rule, String code) {
    assertThat(rule.violations(core(code))).isEmpty();
  }

  @Test
  void exemptsOnlyWhatItSays() {
    SourceFile clock =
        new SourceFile("core/src/main/java/SystemSurroundings.java", "Instant.now()");
    SourceFile other = new SourceFile("cli/src/main/java/SystemSurroundings.java", "Instant.now()");
    assertThat(SourceRule.WALL_CLOCK.violations(clock)).isEmpty();
    assertThat(SourceRule.WALL_CLOCK.violations(other)).hasSize(1);

    SourceFile command = new SourceFile("cli/src/main/java/A.java", "System.out.println();");
    assertThat(SourceRule.PRINT.violations(command)).isEmpty();
    assertThat(SourceRule.PRINT.violations(core("System.out.println();"))).hasSize(1);

    SourceFile worker =
        new SourceFile("testkit/src/main/java/TortureWorker.java", "System.out.println();");
    SourceFile beside =
        new SourceFile("testkit/src/main/java/WorkerRun.java", "System.out.println();");
    assertThat(SourceRule.PRINT.violations(worker)).isEmpty();
    assertThat(SourceRule.PRINT.violations(beside)).hasSize(1);
  }

  private static SourceFile core(String text) {
    return new SourceFile("core/src/main/java/io/tyer/A.java", text);
  }
}
