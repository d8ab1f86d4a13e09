package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.store.record.Hint;
import java.util.List;
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
        "anything"
      })
  void whatOthersSendSaysNothing(String text) {
    assertThat(NoticeText.read(SELF, text)).isNull();
  }
}
