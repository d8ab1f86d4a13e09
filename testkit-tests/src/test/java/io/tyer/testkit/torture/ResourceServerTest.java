package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryReader;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ResourceServerTest {

  private static final Wish.Thing DOOR = new Wish.Thing(Wish.Kind.MUTEX, "T\u00fcr 1", 0, 0);

  private static final String LOOPBACK = "127.0.0.1";

  @TempDir private Path directory;

  private List<What> write(boolean fenced, long... tokens) throws Exception {
    Path history = directory.resolve("resource");
    try (ResourceProcess resource =
            ResourceProcess.start(history, directory.resolve("log"), LOOPBACK, fenced);
        HistoryWriter own = new HistoryWriter(directory.resolve("own"));
        ResourceClient client =
            new ResourceClient(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), resource.port()), 60_000)) {
      for (int i = 0; i < tokens.length; i++) {
        OperationLog log = new OperationLog(own, 100, i + 1, DOOR);
        log.token(tokens[i]);
        assertThat(client.write(log, DOOR.name())).isNotEqualTo(What.UNANSWERED);
      }
    }
    List<Event> events = HistoryReader.read(history);
    assertThat(events).allMatch(event -> event.name().equals(DOOR.name()));
    assertThat(events.stream().mapToLong(Event::token).toArray()).isEqualTo(tokens);
    return events.stream().map(Event::what).toList();
  }

  @Test
  void anOlderTokenIsRefused() throws Exception {
    assertThat(write(true, 5, 7, 7, 6, 8))
        .containsExactly(What.ACCEPTED, What.ACCEPTED, What.ACCEPTED, What.REFUSED, What.ACCEPTED);
  }

  @Test
  void withoutAFenceEverythingIsAccepted() throws Exception {
    assertThat(write(false, 5, 7, 6)).containsOnly(What.ACCEPTED);
  }

  @Test
  void whatIsNoWriteHarmsNobody() throws Exception {
    try (ResourceProcess resource =
        ResourceProcess.start(
            directory.resolve("resource"), directory.resolve("log"), LOOPBACK, true)) {
      assertThat(said(resource, "x\n1 2 3\n1 1 x a\n-1 1 1 a\n1 1 5 %%\n1 1 5 a\n"))
          .containsExactly(
              "NOT-UNDERSTOOD",
              "NOT-UNDERSTOOD",
              "NOT-UNDERSTOOD",
              "NOT-UNDERSTOOD",
              "NOT-UNDERSTOOD",
              "ACCEPTED");
      assertThat(said(resource, "x".repeat(RequestReader.LONGEST + 1))).isEmpty();
      assertThat(said(resource, "1 2 4 a\n")).containsExactly("REFUSED");
      assertThat(resource.alive()).isTrue();
      assertThat(resource.answers()).isTrue();
    }
    assertThat(HistoryReader.read(directory.resolve("resource"))).hasSize(2);
  }

  private static List<String> said(ResourceProcess resource, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), resource.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @Test
  void aWriteThatNobodyAnswersIsUnanswered() throws Exception {
    try (HistoryWriter own = new HistoryWriter(directory.resolve("own"));
        ResourceClient client =
            new ResourceClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))) {
      assertThat(client.write(new OperationLog(own, 100, 1, DOOR), DOOR.name()))
          .isEqualTo(What.UNANSWERED);
    }
  }
}
