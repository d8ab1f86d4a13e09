package io.tyer.store.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Proof by Linux's {@code /proc}.
 *
 * <p>The clock is named by the boot, the time namespace and the host's name; the table of processes
 * by the clock and the pid namespace, and only if {@code /proc} shows the whole of that namespace:
 * it is mounted for it, without {@code hidepid} and {@code subset}. The host's name is there for
 * virtual machines that were copied while they ran: they have the boot id in common.
 */
final class LinuxProcessProof implements ProcessProof {

  /** Where field 22 of {@code stat}, the start, stands behind the command in parentheses. */
  private static final int START_FIELD = 19;

  private static final int THREADS_FIELD = 17;

  private final Path proc;
  private final String clock;
  private final String processes;

  private LinuxProcessProof(Path proc, String clock, String processes) {
    this.proc = proc;
    this.clock = clock;
    this.processes = processes;
  }

  static ProcessProof ofThisHost() {
    return at(Path.of("/proc"));
  }

  static ProcessProof at(Path proc) {
    String clock;
    String processes;
    try {
      clock = clock(proc);
    } catch (IOException e) {
      return ProcessProof.none();
    }
    try {
      String namespace = Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
      processes = shownWhole(proc) ? clock + "/" + namespace : "";
    } catch (IOException | UnsupportedOperationException e) {
      processes = "";
    }
    return new LinuxProcessProof(proc, clock, processes);
  }

  private static String clock(Path proc) throws IOException {
    String boot = text(proc.resolve("sys/kernel/random/boot_id")).strip();
    String host = text(proc.resolve("sys/kernel/hostname")).strip();
    if (boot.isEmpty()) {
      throw new IOException("no boot id");
    }
    return boot + "/" + timeNamespace(proc) + "/" + host;
  }

  private static String timeNamespace(Path proc) throws IOException {
    try {
      return Files.readSymbolicLink(proc.resolve("self/ns/time")).toString();
    } catch (NoSuchFileException e) {
      // Kernels before 5.6 have no time namespaces; then the other kinds are there all the same.
      Files.readSymbolicLink(proc.resolve("self/ns/pid"));
      return "time:none";
    } catch (UnsupportedOperationException e) {
      throw new IOException("no symbolic links", e);
    }
  }

  @Override
  public String clock() {
    return clock;
  }

  @Override
  public String processes() {
    return processes;
  }

  @Override
  public long startOf(long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try {
      if (isThere(process)) {
        return start(text(process.resolve("stat")));
      }
      // Looked at afterwards: what was hidden a moment ago may have been hidden from us.
      return shownWhole(proc) ? ABSENT : UNKNOWN;
    } catch (IOException | RuntimeException e) {
      return UNKNOWN;
    }
  }

  private static boolean isThere(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** When the process started of which this is the {@code stat}; {@link #UNKNOWN} if it is none. */
  static long start(String stat) {
    // The command may hold blanks and parentheses; nothing behind it does.
    int command = stat.lastIndexOf(") ");
    if (command < 0) {
      return UNKNOWN;
    }
    String[] fields = stat.substring(command + 2).split(" ", START_FIELD + 2);
    if (fields.length <= START_FIELD) {
      return UNKNOWN;
    }
    long threads = number(fields[THREADS_FIELD]);
    long start = number(fields[START_FIELD]);
    if (threads < 0 || start < 0) {
      return UNKNOWN;
    }
    // What is only waiting to be reaped does nothing any more, unless threads of it still run.
    boolean ended = fields[0].equals("Z") || fields[0].equals("X");
    return ended && threads <= 1 ? ABSENT : start;
  }

  /** A number as the kernel writes it; negative if it is none. */
  private static long number(String digits) {
    try {
      long number = Long.parseLong(digits);
      return Long.toString(number).equals(digits) ? number : UNKNOWN;
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  private static boolean shownWhole(Path proc) {
    try {
      String self = Files.readSymbolicLink(proc.resolve("self")).toString();
      return self.equals(Long.toString(ProcessHandle.current().pid()))
          && isWholeMount(text(proc.resolve("self/mountinfo")));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Whether the topmost mount on {@code /proc} shows every process of its namespace. */
  static boolean isWholeMount(String mountinfo) {
    boolean whole = false;
    for (String line : mountinfo.split("\n", -1)) {
      // id parent device root mountpoint options [tags] - type source superoptions
      String[] fields = line.split(" ", -1);
      if (fields.length < 10 || !fields[4].equals("/proc")) {
        continue;
      }
      int dash = 5;
      while (dash < fields.length && !fields[dash].equals("-")) {
        dash++;
      }
      whole =
          dash + 3 < fields.length
              && fields[3].equals("/")
              && fields[dash + 1].equals("proc")
              && hidesNothing(fields[5])
              && hidesNothing(fields[dash + 3]);
    }
    return whole;
  }

  private static boolean hidesNothing(String options) {
    for (String option : options.split(",", -1)) {
      boolean hides =
          option.startsWith("hidepid=")
              && !option.equals("hidepid=0")
              && !option.equals("hidepid=off");
      if (hides || option.startsWith("subset=")) {
        return false;
      }
    }
    return true;
  }

  private static String text(Path file) throws IOException {
    // A stream of java.io: channels would be closed by an interrupt.
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
