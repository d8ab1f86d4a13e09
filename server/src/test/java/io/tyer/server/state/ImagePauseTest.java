package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tickets: the image takes no time, and neither do the entries behind it. {@code
 * -Dtyer.tickets=1000000} for a million.
 */
@Tag("full")
class ImagePauseTest {

  private static final int TICKETS = 1_000;
  private static final int SESSIONS = Integer.getInteger("tyer.tickets", 200_000) / TICKETS;
  private static final int ALL = SESSIONS * TICKETS;

  @TempDir private Path directory;

  @Test
  void isShortHoweverManyTicketsThereAre() throws Exception {
    LockMachine machine = filled();
    assertThat(machine.tickets()).isEqualTo(ALL);
    long start = System.nanoTime();
    Image image = machine.image();
    long pause = System.nanoTime() - start;
    long longest = 0;
    for (int i = 0; i < 2_000; i++) {
      long begin = System.nanoTime();
      machine.apply(leaves(i % SESSIONS, 1 + i / SESSIONS));
      longest = Math.max(longest, System.nanoTime() - begin);
    }
    Path file = directory.resolve("snapshot");
    start = System.nanoTime();
    try (OutputStream out = Files.newOutputStream(file)) {
      image.write(out);
    }
    long write = System.nanoTime() - start;
    // Two of them do not fit the heap.
    machine = null;
    image = null;
    start = System.nanoTime();
    LockMachine restored;
    try (InputStream in = Files.newInputStream(file)) {
      restored = LockMachine.restore(in);
    }
    long read = System.nanoTime() - start;
    System.out.printf(
        "%,d tickets: image in %d us, the longest entry behind it %d us; %d MB written in"
            + " %d ms, read in %d ms%n",
        ALL,
        pause / 1_000,
        longest / 1_000,
        Files.size(file) / 1_000_000,
        write / 1_000_000,
        read / 1_000_000);
    assertThat(restored.tickets()).isEqualTo(ALL);
    assertThat(pause).isLessThan(100_000_000);
    assertThat(longest).isLessThan(1_000_000_000);
  }

  private static LockMachine filled() {
    LockMachine machine = new LockMachine();
    for (int s = 0; s < SESSIONS; s++) {
      SessionId session = new SessionId(0, s);
      List<Command> commands = new ArrayList<>();
      commands.add(new Command.Open(session, 60_000, ""));
      for (int t = 0; t < TICKETS; t++) {
        Ask ask = Ask.exclusive(session, new RequestId(s, t), "", false);
        commands.add(new Command.Enter(new Command.Place(t + 1, t + 1), name(s, t), ask, false));
      }
      machine.apply(new Entry(0, Machine.WALL, commands));
    }
    return machine;
  }

  private static LockName name(int session, int ticket) {
    return LockName.of("orders/" + session * 7919 % SESSIONS + "/" + ticket);
  }

  private static Entry leaves(int s, int round) {
    SessionId session = new SessionId(0, s);
    int sequence = TICKETS + round;
    return new Entry(
        0,
        Machine.WALL,
        List.of(
            new Command.Leave(
                session,
                new Command.Place(sequence, sequence),
                name(s, round),
                new RequestId(s, round),
                0)));
  }
}
