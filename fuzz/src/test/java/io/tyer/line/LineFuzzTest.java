package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import java.nio.ByteBuffer;

/** Both written forms of a line: any input is one, and written again the same, or is refused. */
class LineFuzzTest {

  @FuzzTest
  void bytes(byte[] bytes) throws MalformedLineException {
    Line line;
    try {
      line = LineCodec.decode(bytes);
    } catch (MalformedLineException e) {
      Refusals.explains(e, bytes.length);
      return;
    }
    assertThat(LineCodec.encode(line)).isEqualTo(bytes);
    String text = LineText.write(line);
    assertThat(LineText.read(text)).isEqualTo(line);
  }

  @FuzzTest
  void bytesAmongOthers(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      Line line = LineCodec.decodeFrom(buffer);
      byte[] written = LineCodec.encode(line);
      assertThat(buffer.position()).isEqualTo(written.length);
      assertThat(bytes).startsWith(written);
    } catch (MalformedLineException e) {
      assertThat(buffer.position()).isZero();
    }
  }

  @FuzzTest
  void text(FuzzedDataProvider in) throws MalformedLineException {
    String text = in.consumeRemainingAsString();
    Line line;
    try {
      line = LineText.read(text);
    } catch (MalformedLineException e) {
      Refusals.explains(e, text.length());
      return;
    }
    assertThat(LineText.write(line)).isEqualTo(text);
    assertThat(LineCodec.decode(LineCodec.encode(line))).isEqualTo(line);
  }

  @FuzzTest
  void quotedText(FuzzedDataProvider in) throws MalformedLineException {
    String text = in.consumeRemainingAsString();
    StringBuilder quoted = new StringBuilder();
    Quoted.write(quoted, text);
    assertThat(Quoted.read(quoted.toString())).isEqualTo(text);
    try {
      StringBuilder again = new StringBuilder();
      Quoted.write(again, Quoted.read(text));
      assertThat(again).hasToString(text);
    } catch (MalformedLineException e) {
      Refusals.explains(e, text.length());
    }
  }

  @FuzzTest
  void ids(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    try {
      assertThat(SessionId.parse(text)).hasToString(text);
      assertThat(RequestId.parse(text)).hasToString(text);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
    }
  }

  @FuzzTest
  void names(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    try {
      LockName name = LockName.of(text);
      byte[] utf8 = name.utf8();
      assertThat(utf8).hasSizeBetween(1, LockName.MAX_BYTES);
      assertThat(LockName.of(new String(utf8, java.nio.charset.StandardCharsets.UTF_8)))
          .isEqualTo(name);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
    }
  }

  @FuzzTest
  void owners(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    String owner = Ask.clipOwner(text);
    Ask.checkOwner(owner);
    assertThat(Ask.clipOwner(owner)).isSameAs(owner);
  }
}
