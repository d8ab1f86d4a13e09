package io.tyer.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.store.record.Hint;
import io.tyer.store.record.LinesRecord;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTextTest {

  private static final SessionId SELF = new SessionId(1, 2);

  @Test
  void hintsAreReadAsTheyWereWritten() {
    for (String name : List.of("a", "granted 1 x", " b ", "\0", "\\0", "ü 漢", "x".repeat(512))) {
      for (Hint.Grant grant :
          new Hint.Grant[] {
            null,
            new Hint.Grant(new RequestId(-1, 0), Long.MAX_VALUE),
            new Hint.Grant(new RequestId(0, 5), 1)
          }) {
        Hint hint = new Hint(SELF, LockName.of(name), grant);
        String text = NoticeText.write(hint);
        assertThat(NoticeText.read(SELF, text)).isEqualTo(hint);
        // PostgreSQL's limit is 8,000 bytes.
        assertThat(text.length()).isLessThan(2_000);
      }
    }
  }

  @Test
  void whatWasWrittenIsReadWithTheHint() {
    for (String name : List.of("a", "granted 1 x", " b ", "\0", "\\0", "ü 漢", "x".repeat(512))) {
      LockName lock = LockName.of(name);
      Line line =
          Line.empty(7)
              .enter(Ask.exclusive(SELF, new RequestId(3, 4), "me of here", false), 7, 5)
              .line();
      RowUpdate update = update(lock, line);
      Hint.Grant grant = new Hint.Grant(new RequestId(3, 4), 8);
      String text = NoticeText.write(new Hint(SELF, lock, grant), update);
      Hint read = Objects.requireNonNull(NoticeText.read(SELF, text));
      assertThat(read.name()).isEqualTo(lock);
      assertThat(read.grant()).isEqualTo(grant);
      Stamped version = Objects.requireNonNull(read.version());
      assertThat(version.version()).isEqualTo(10);
      assertThat(version.nonce()).isEqualTo(-5);
      assertThat(version.content()).isEqualTo(content(lock, line));
    }
  }

  /** The longest line that is told is well below PostgreSQL's limit, whatever its characters. */
  @Test
  void ofALongLineOnlyTheGrantIsTold() {
    LockName lock = LockName.of("a");
    Line line = Line.empty(7);
    int told = 0;
    for (int i = 0; i < 100; i++) {
      line =
          line.enter(Ask.exclusive(SELF, new RequestId(3, i), "漢".repeat(40), false), 7, 5).line();
      Hint hint = new Hint(SELF, lock, new Hint.Grant(new RequestId(3, 0), 8));
      String text = NoticeText.write(hint, update(lock, line));
      assertThat(text.getBytes(UTF_8).length).isLessThan(8_000);
      Hint read = Objects.requireNonNull(NoticeText.read(SELF, text));
      assertThat(read.grant()).isEqualTo(hint.grant());
      told += read.version() == null ? 0 : 1;
    }
    assertThat(told).isBetween(5, 50);
  }

  private static byte[] content(LockName lock, Line line) {
    return new LinesRecord(line.last(), new TreeMap<>(Map.of(lock, line))).content();
  }

  private static RowUpdate update(LockName lock, Line line) {
    RecordKey key = new RecordKey(RecordKey.Kind.LINES, lock.text());
    return new RowUpdate(key, new Stamped(9, 1, new byte[0]), -5, Row.of(key, content(lock, line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "look",
        "look ",
        "granted",
        "granted 5",
        "granted 5 ",
        "granted x 00000000000000000000000000000001 a",
        "granted 5 0000000000000000000000000000000x a",
        "granted 5 00000000000000000000000000000001",
        "granted 5 00000000000000000000000000000001 ",
        "granted 99999999999999999999 00000000000000000000000000000001 a",
        "passed 5 00000000000000000000000000000001 9 1 7 1 a",
        "passed 5 00000000000000000000000000000001 9 1 7 5 a ",
        "passed 5 00000000000000000000000000000001 9 1 7 -1 a ",
        "passed 5 00000000000000000000000000000001 9 1 7 99999999999 a ",
        "passed 5 00000000000000000000000000000001 9 1 7 2147483647 a ",
        "passed 5 00000000000000000000000000000001 9 1 7 1 a nonsense",
        "passed 5 00000000000000000000000000000001 9 x 7 1 a ",
        "anything"
      })
  void whatOthersSendSaysNothing(String text) {
    assertThat(NoticeText.read(SELF, text)).isNull();
  }
}
