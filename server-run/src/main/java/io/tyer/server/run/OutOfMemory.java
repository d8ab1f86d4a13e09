package io.tyer.server.run;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tyer.command.Exit;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the program when its memory is used up: a member that has lost threads looks alive, and
 * serves nobody. What it had acknowledged is in its log.
 *
 * <p>Java's own option is surer, since it sees an error that somebody catches; this sees what the
 * option does not, such as a thread or a buffer outside of the heap that is not to be had.
 */
final class OutOfMemory {

  static final String OPTION = "ExitOnOutOfMemoryError";

  private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);

  private OutOfMemory() {}

  /** From now on, and for every thread. */
  static void endsTheProgram() {
    Thread.setDefaultUncaughtExceptionHandler(OutOfMemory::died);
  }

  /** Warns whoever has started Java without the option. */
  static void checkOption() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (machine != null && !Boolean.parseBoolean(machine.getVMOption(OPTION).getValue())) {
      LOG.warn(
          "This server may live on without some of its threads if its memory is used up: start Java"
              + " with -XX:+{}, and start the server anew when it has ended",
          OPTION);
    }
  }

  private static void died(Thread thread, Throwable why) {
    if (why instanceof OutOfMemoryError) {
      // Nothing that might need memory comes before the end.
      Runtime.getRuntime().halt(Exit.INTERNAL.code());
    }
    LOG.error("Thread {} has ended", thread.getName(), why);
  }
}
