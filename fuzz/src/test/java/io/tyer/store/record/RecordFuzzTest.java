package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.line.Line;

/** What records say, of any kind: written again as it was read, or refused. */
class RecordFuzzTest {

  private static final RecordKey KEY = new RecordKey(RecordKey.Kind.LINES, "0");

  @FuzzTest
  void bucket(byte[] bytes) {
    try {
      Bucket bucket = BucketCodec.decode(bytes);
      assertThat(BucketCodec.encode(bucket)).isEqualTo(bytes);
      for (StoredLine stored : bucket.lines()) {
        Line line = stored.line();
        assertThat(bucket.line(stored.name())).isEqualTo(line);
      }
    } catch (MalformedRecordException e) {
      Refusals.explains(e, bytes.length);
    }
  }

  @FuzzTest
  void session(byte[] bytes) {
    again(new SessionCodec(), bytes);
  }

  @FuzzTest
  void numbers(byte[] bytes) {
    again(Numbers.FORM, bytes);
  }

  @FuzzTest
  void sweep(byte[] bytes) {
    again(Sweep.FORM, bytes);
  }

  private static <S> void again(Form<S> form, byte[] bytes) {
    try {
      S state = form.decode(KEY, new Stamped(1, 1, bytes));
      assertThat(form.encode(state)).isEqualTo(bytes);
    } catch (MalformedRecordException e) {
      Refusals.explains(e, bytes.length);
    }
  }
}
