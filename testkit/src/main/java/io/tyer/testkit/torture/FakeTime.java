package io.tyer.testkit.torture;

import io.tyer.testkit.host.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sets the wall clocks of processes, each by a file that libfaketime reads at every look. */
final class FakeTime implements Fault {

  private static final int HOUR = 3_600;
  private static final String SERVER = "server";

  private final Path directory;
  private final Map<String, Boolean> set = new ConcurrentHashMap<>();

  FakeTime(Path directory) {
    this.directory = directory;
  }

  /** For the process of a worker, whose clock is right until it is set. */
  Map<String, String> environmentOf(int worker) throws IOException {
    return environmentOf(worker(worker));
  }

  /** For the server's process, or each of its members'. */
  List<Map<String, String>> environmentsOfServer(int members) throws IOException {
    List<Map<String, String>> environments = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      environments.add(environmentOf(server(i, members)));
    }
    return environments;
  }

  private static String server(int member, int members) {
    return members == 1 ? SERVER : SERVER + " " + member;
  }

  private static String worker(int worker) {
    return "worker " + worker;
  }

  private Map<String, String> environmentOf(String who) throws IOException {
    if (!Files.exists(file(who))) {
      write(who, 0);
    }
    return Map.of(
        "LD_PRELOAD",
        Needs.faketimeLibrary().orElseThrow().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file(who).toString(),
        "FAKETIME_NO_CACHE",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "DONT_FAKE_MONOTONIC",
        "1",
        // Otherwise every timed wait of a JVM ends at once.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0",
        // The times of files are those of the file system, whose clock this is not.
        "NO_FAKE_STAT",
        "1");
  }

  /** Mostly seconds, sometimes up to an hour, forward or back. */
  @Override
  public Optional<Injury> strike(Blow blow) throws IOException {
    return strike(worker(blow.victim()), blow);
  }

  /** The same to the server's clock, or to that of one of its members. */
  Fault ofServer(int members) {
    return blow -> strike(server(blow.victim() % members, members), blow);
  }

  private Optional<Injury> strike(String who, Blow blow) throws IOException {
    if (set.putIfAbsent(who, true) != null) {
      return Optional.empty();
    }
    double signed = 2 * blow.size() - 1;
    long seconds = Math.round(signed * signed * signed * HOUR);
    long offset = seconds == 0 ? 1 : seconds;
    write(who, offset);
    return Optional.of(
        new Injury() {
          @Override
          public String description() {
            return who
                + ": wall clock "
                + (offset > 0 ? "+" : "")
                + offset
                + " s for "
                + blow.durationMillis()
                + " ms";
          }

          @Override
          public void heal() throws IOException {
            write(who, 0);
            set.remove(who);
          }
        });
  }

  private Path file(String who) {
    return directory.toAbsolutePath().resolve("clock-" + who.replace(' ', '-'));
  }

  /** Replaced in one step: it is read at any moment. */
  private void write(String who, long seconds) throws IOException {
    Path draft = Path.of(file(who) + ".draft");
    Files.writeString(draft, (seconds < 0 ? "" : "+") + seconds + "\n");
    Files.move(draft, file(who), StandardCopyOption.ATOMIC_MOVE);
  }
}
