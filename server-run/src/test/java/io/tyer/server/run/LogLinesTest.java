package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLinesTest {

  /** What a client might send to write lines of its own. */
  private static final String NASTY =
      "a\n2026-01-01T00:00:00.000Z ERROR io.tyer - forged\r\u0085\u2028\u2029\u001b[31m\u0000\"\\\t\ud800 ü";

  private static String line(
      Encoder<ILoggingEvent> lines, String message, @Nullable Throwable thrown) {
    Logger logger = new LoggerContext().getLogger("io.tyer.some");
    LoggingEvent event =
        new LoggingEvent("test", logger, Level.WARN, "{}", thrown, new Object[] {message});
    event.setThreadName("a \"thread\"");
    return new String(lines.encode(event), StandardCharsets.UTF_8);
  }

  private static Map<String, String> object(String line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
        fields.put(name, json.getText());
      }
      assertThat(json.currentToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(json.nextToken()).isNull();
    }
    return fields;
  }

  @Test
  void anObjectIsOneLineWhateverIsLogged() throws IOException {
    String line = line(new JsonLines(), NASTY, new IllegalStateException(NASTY));
    assertThat(line).endsWith("}\n");
    assertThat(line.strip().chars().filter(c -> c < ' ')).isEmpty();
    Map<String, String> fields = object(line);
    assertThat(fields.keySet())
        .containsExactly("time", "level", "logger", "thread", "message", "exception");
    assertThat(fields)
        .containsEntry("level", "WARN")
        .containsEntry("logger", "io.tyer.some")
        .containsEntry("thread", "a \"thread\"")
        .containsEntry("message", NASTY.replace('\ud800', '?'));
    assertThat(fields.get("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}.+");
    assertThat(fields.get("exception"))
        .startsWith("java.lang.IllegalStateException: a\\n2026")
        .contains("\tat io.tyer.server.run.LogLinesTest.");
  }

  @Test
  void whereNothingIsThrownThereIsNoException() throws IOException {
    assertThat(object(line(new JsonLines(), "quiet", null))).doesNotContainKey("exception");
  }

  @Test
  void textIsOneLineButForTraces() {
    assertThat(line(new TextLines(), NASTY, null))
        .hasLineCount(1)
        .endsWith("\n")
        .contains(" WARN io.tyer.some - a\\n2026", "\\u001b[31m")
        .doesNotContain("\u001b");

    Exception cause = new IllegalArgumentException(NASTY);
    Exception thrown = new IllegalStateException(NASTY, cause);
    thrown.addSuppressed(new IOException(NASTY));
    String[] lines = line(new TextLines(), "it broke", thrown).split("\n", -1);
    assertThat(lines[0]).endsWith(" WARN io.tyer.some - it broke");
    assertThat(lines[1]).startsWith("java.lang.IllegalStateException: a\\n");
    for (int i = 2; i < lines.length - 1; i++) {
      assertThat(lines[i]).matches("(\\t|Caused by: java\\.lang\\.IllegalArgumentException: ).*");
    }
    assertThat(String.join("\n", lines)).contains("Suppressed: java.io.IOException: a\\n");
  }

  @Test
  void warningsOfAllAreLoggedAndWhatTyerSaysOfItself() {
    assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
    assertThat(LoggerFactory.getLogger("org.apache.ratis.server").isInfoEnabled()).isFalse();
    assertThat(LoggerFactory.getLogger("org.apache.ratis.server").isWarnEnabled()).isTrue();
    assertThat(LoggerFactory.getLogger("io.tyer.server.audit").isInfoEnabled()).isTrue();
    assertThat(LoggerFactory.getLogger("io.tyer.server.audit").isDebugEnabled()).isFalse();
  }
}
