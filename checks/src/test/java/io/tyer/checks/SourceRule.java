package io.tyer.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that main sources must not say. */
enum SourceRule {
  MONITOR(
      "a monitor pins virtual threads and hides who waits: use java.util.concurrent.locks",
      "\\bsynchronized\\b",
      file -> true),

  SLEEP(
      "wait for a condition or schedule a task, do not sleep",
      "\\b(Thread|TimeUnit|NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS|MINUTES|HOURS|DAYS)"
          + "\\s*(\\.|::)\\s*sleep\\b",
      file -> true),

  PRINT(
      "only command lines print: log it",
      "\\bSystem\\s*\\.\\s*(out|err)\\b",
      file -> !file.isIn("cli") && !isProgramOfServer(file) && !reportsToParent(file)),

  STACK_TRACE("log the exception", "\\bprintStackTrace\\b", file -> true),

  WALL_CLOCK(
      "time comes from Surroundings, or the simulator cannot run it",
      "\\bSystem\\s*(\\.|::)\\s*currentTimeMillis\\b"
          + "|\\b(Instant|LocalDate|LocalTime|LocalDateTime|OffsetTime|OffsetDateTime|ZonedDateTime"
          + "|Year|YearMonth|MonthDay)\\s*(\\.|::)\\s*now\\b"
          + "|\\bClock\\s*(\\.|::)\\s*(system|tick)"
          + "|\\bnew\\s+(java\\.util\\.)?Date\\s*\\(\\s*\\)|\\bDate\\s*::\\s*new\\b"
          + "|\\bCalendar\\s*(\\.|::)\\s*getInstance\\b"
          + "|\\bnew\\s+(java\\.util\\.)?GregorianCalendar\\s*\\(\\s*\\)",
      file -> !isSystemSurroundings(file) && !measuresClocks(file)),

  MONOTONIC_CLOCK(
      "time comes from Surroundings, or the simulator cannot run it",
      "\\bSystem\\s*(\\.|::)\\s*nanoTime\\b",
      file -> (file.isIn("core") || file.isIn("stores")) && !isSystemSurroundings(file));

  private final String reason;
  private final Pattern pattern;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final Predicate<SourceFile> applies;

  SourceRule(String reason, String pattern, Predicate<SourceFile> applies) {
    this.reason = reason;
    this.pattern = Pattern.compile(pattern);
    this.applies = applies;
  }

  /** The one place that asks the machine for the time. */
  static boolean isSystemSurroundings(SourceFile file) {
    return file.isIn("core") && file.name().equals("SystemSurroundings.java");
  }

  /** The benchmark's floor whose subject is the reading of clocks. */
  static boolean measuresClocks(SourceFile file) {
    return file.isIn("benchmarks") && file.name().equals("ClockedLocks.java");
  }

  /** The program {@code tyer server}. */
  static boolean isProgramOfServer(SourceFile file) {
    return file.isIn("server-run") && file.name().equals("Main.java");
  }

  /**
   * Processes of the torture run, the two places where processes of examples speak, and what says
   * why a test is skipped.
   */
  static boolean reportsToParent(SourceFile file) {
    return (file.isIn("testkit")
            && Set.of("TortureWorker.java", "ResourceServer.java", "RequiresCondition.java")
                .contains(file.name()))
        || (file.isIn("examples/frame")
            && Set.of("Parent.java", "Screen.java").contains(file.name()));
  }

  /** Where the file breaks this rule: {@code path:line: what (why not)}. */
  List<String> violations(SourceFile file) {
    List<String> found = new ArrayList<>();
    if (applies.test(file)) {
      String code = JavaCode.of(file.text());
      Matcher matcher = pattern.matcher(code);
      while (matcher.find()) {
        long line = 1 + code.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
        found.add(file.path() + ":" + line + ": " + matcher.group() + " (" + reason + ")");
      }
    }
    return found;
  }
}
