package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.store.record.LinesRecord;
import io.tyer.store.record.RecordKey;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {

  private static final RecordKey A = new RecordKey(RecordKey.Kind.LINES, "a");
  private static final RecordKey SESSION = new RecordKey(RecordKey.Kind.SESSION, "0f");

  private static byte[] content(String name) {
    Ask ask =
        Ask.exclusive(
            SessionId.parse("0123456789abcdef0123456789abcdef"),
            RequestId.parse("0123456789abcdef0123456789abcdef"),
            "me",
            false);
    Line line = Line.empty(7).enter(ask, 8, 1_767_225_600_000L).line();
    return new LinesRecord(7, new TreeMap<>(Map.of(LockName.of(name), line))).content();
  }

  @Test
  void aLineIsReadableAndComesBack() throws Exception {
    Row row = Row.of(A, content("a"));
    assertThat(row.floor()).isEqualTo(7);
    assertThat(row.content()).startsWith("tyer-line 1 last 8 tickets 1\n8 exclusive ");
    assertThat(row.content(A, "here")).isEqualTo(content("a"));
  }

  @Test
  void anEmptyLineIsItsFloor() throws Exception {
    byte[] empty = new LinesRecord(9, new TreeMap<>()).content();
    assertThat(Row.of(A, empty)).isEqualTo(new Row(9, ""));
    assertThat(new Row(9, "").content(A, "here")).isEqualTo(empty);
  }

  @Test
  void otherRecordsAreDigits() throws Exception {
    assertThat(Row.of(SESSION, new byte[] {1, (byte) 0xfe})).isEqualTo(new Row(0, "01fe"));
    assertThat(new Row(0, "01fe").content(SESSION, "here")).containsExactly(1, 0xfe);
  }

  @Test
  void aLineOfAnotherNameIsNotWritten() {
    assertThatThrownBy(() -> Row.of(A, content("b"))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "tyer-line 1 last 8 tickets 1", "tyer-line 1 last 8 tickets 0"})
  void whatWasEditedIsRefusedByName(String edited) {
    assertThatThrownBy(() -> new Row(7, edited).content(A, "here"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("'a' in here is damaged, or was edited");
  }

  @Test
  void whatANewerReleaseWroteIsRefusedAsSuch() {
    assertThatThrownBy(() -> new Row(7, "tyer-line 2 last 8 tickets 1").content(A, "here"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("written by a newer release");
  }

  @Test
  void digitsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new Row(0, "xy").content(SESSION, "here"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "\\", "a\\0b", "a\0b", "\0\\\\", "é"})
  void namesComeBack(String name) {
    assertThat(Names.escape(name)).doesNotContain("\0");
    assertThat(Names.unescape(Names.escape(name))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "a\\b", "\\1"})
  void whatIsNoNameIsRefused(String column) {
    assertThatThrownBy(() -> Names.unescape(column)).isInstanceOf(IllegalArgumentException.class);
  }
}
