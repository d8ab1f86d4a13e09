package io.tyer.testkit.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process. Its one argument is the file that holds its job. It hears {@code calm} and
 * {@code stop} on its standard input, whose end means {@code stop}, and reports on its standard
 * output, one line each.
 */
public final class TortureWorker {

  /** Nothing is to be held for long any more. */
  static final String CALM = "calm";

  /** Finish. */
  static final String STOP = "stop";

  private static final Logger log = LoggerFactory.getLogger(TortureWorker.class);

  private TortureWorker() {}

  /** Works until told to stop, and exits with 0. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Reports reports = reports(out);
    int before = TcpSockets.open();
    WorkerRun run = new WorkerRun(WorkerJob.read(Path.of(args[0])), reports);
    run.start();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    while (!Objects.requireNonNullElse(line, STOP).equals(STOP)) {
      if (CALM.equals(line)) {
        run.calmDown();
      }
      line = in.readLine();
    }
    run.stop();
    Set<String> left = TyerThreads.leftWithin(TyerThreads.LONGEST_END, Set.of());
    if (!left.isEmpty()) {
      reports.say(Reports.LEAKED, String.join(", ", left));
    }
    int sockets = TcpSockets.leftWithin(TyerThreads.LONGEST_END, before);
    if (sockets > 0) {
      reports.say(Reports.LEAKED, sockets + " TCP sockets of " + TcpSockets.rows());
    }
    reports.say(Reports.DONE, "");
    System.exit(0);
  }

  private static Reports reports(PrintStream out) {
    return new Reports() {
      @Override
      public void say(String word, String text) {
        out.println(word + " " + text.replaceAll("\\R", " "));
      }

      @Override
      public void trace(Throwable thrown) {
        log.warn("unexpected", thrown);
      }
    };
  }
}
