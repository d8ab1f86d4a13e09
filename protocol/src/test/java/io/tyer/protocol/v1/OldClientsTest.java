package io.tyer.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clients that were built against the protocol as it was published go on working. */
class OldClientsTest {

  private static final String LIST = "protocol/src/test/resources/tyer-v1-published.txt";

  @Test
  void whatWasPublishedIsThereUnchanged() throws IOException {
    Set<String> missing = new LinkedHashSet<>(published());
    current().forEach(missing::remove);
    assertThat(missing)
        .as(
            "published, and changed or removed since: old clients and servers go by these numbers,"
                + " types and names. Put them back as they were; what is needed in another form is a"
                + " new field with a new number (or, if old clients cannot be served at all, the"
                + " package tyer.v2)")
        .isEmpty();
  }

  @Test
  void whatIsNewIsPublishedWithIt() throws IOException {
    Set<String> unlisted = new LinkedHashSet<>(current());
    published().forEach(unlisted::remove);
    assertThat(unlisted)
        .as("new, and allowed: append these lines to %s, so that they stay as they are", LIST)
        .isEmpty();
  }

  private static List<String> current() {
    return Published.of(ClientMessage.getDescriptor().getFile());
  }

  private static List<String> published() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(
            OldClientsTest.class.getResourceAsStream("/tyer-v1-published.txt"))) {
      return new String(list.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }
}
