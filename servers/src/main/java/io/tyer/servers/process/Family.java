package io.tyer.servers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process and all that it has started. */
final class Family {

  private final List<ProcessHandle> members;

  private Family(List<ProcessHandle> members) {
    this.members = members;
  }

  /** Stops them; each before its children are looked for, so that none comes to be unseen. */
  static Family stopped(ProcessHandle parent) {
    List<ProcessHandle> members = new ArrayList<>();
    stop(parent, members);
    return new Family(members);
  }

  private static void stop(ProcessHandle one, List<ProcessHandle> members) {
    signal("STOP", List.of(one));
    members.add(one);
    one.children().toList().forEach(child -> stop(child, members));
  }

  /** Lets those go on that are stopped, children first: who waits for them finds them at work. */
  static void resume(ProcessHandle parent) {
    List<ProcessHandle> all = new ArrayList<>(parent.descendants().toList());
    all.add(parent);
    signal("CONT", all);
  }

  /** Kills them, the parent first: it is to see nobody die. */
  void killAll() {
    members.forEach(ProcessHandle::destroyForcibly);
  }

  /** Whether none of them runs; one that was not yet taken note of by its parent does not. */
  boolean isGone() throws IOException {
    for (ProcessHandle member : members) {
      if (member.isAlive() && !isZombie(member.pid())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZombie(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.isReadable(Path.of("/proc/self/status"))) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines.anyMatch(line -> line.startsWith("State:") && line.contains("Z"));
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** One that has ended meanwhile needs no signal. */
  private static void signal(String name, List<ProcessHandle> to) {
    String pids = to.stream().map(one -> Long.toString(one.pid())).collect(Collectors.joining(" "));
    // The shell's own: not every machine has a program of that name.
    String command = "kill -s " + name + " " + pids;
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      int status = kill.onExit().join().exitValue();
      if (status != 0 && to.stream().allMatch(ProcessHandle::isAlive)) {
        throw new IllegalStateException(command + " failed: status " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
