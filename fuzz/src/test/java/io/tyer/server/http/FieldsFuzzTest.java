package io.tyer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.line.Ask;
import io.tyer.server.state.Bounds;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Whatever body a client sends is refused in words, or has nothing in it but what is allowed. */
class FieldsFuzzTest {

  @FuzzTest
  void acquire(byte[] bytes) {
    AcquireFields fields;
    try {
      fields =
          AcquireFields.of(
              Fields.parse(Buffer.buffer(bytes), AcquireFields.NAMES),
              Optional.empty(),
              "fuzz",
              HttpLimits.DEFAULT);
    } catch (Refusal refused) {
      explains(refused, bytes.length);
      return;
    }
    assertThat(fields.ttlMillis()).isBetween(Bounds.MIN_TTL_MILLIS, Bounds.MAX_TTL_MILLIS);
    assertThat(fields.waitMillis()).isBetween(0L, HttpLimits.DEFAULT.longestWait().toMillis());
    assertThat(fields.owner()).isEqualTo(Ask.clipOwner(fields.owner()));
    assertThat(fields.weight()).isBetween(1, fields.capacity());
    assertThat(fields.exclusive() ? 1 : Ask.UNBOUNDED).isGreaterThanOrEqualTo(fields.capacity());
  }

  @FuzzTest
  void lease(byte[] bytes) {
    try {
      Fields fields = Fields.parse(Buffer.buffer(bytes), LeaseCalls.NAMES);
      LeaseCalls.lease(fields, Optional.empty())
          .ifPresent(lease -> assertThat(lease.session()).isNotNull());
    } catch (Refusal refused) {
      explains(refused, bytes.length);
    }
  }

  private static void explains(Refusal refused, int length) {
    Refusals.explains(refused, length);
    assertThat(refused.problem().type()).isEqualTo(Problem.Type.BAD_REQUEST);
  }
}
