package io.tyer.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.fuzz.SecretAddress;

/** Addresses of stores: read or refused, and no password is ever shown. */
class AddressFuzzTest {

  @FuzzTest
  void any(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    String masked = StoreAddress.mask(text);
    assertThat(masked.replace("***", "").length()).isLessThanOrEqualTo(text.length());
    StoreAddress address;
    try {
      address = StoreAddress.parse(text);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
      return;
    }
    assertThat(address.scheme()).matches("[a-z][a-z0-9+.-]*");
    assertThat(text).contains(address.location());
    String again = address.scheme() + ":" + address.location() + text.substring(query(text));
    assertThat(StoreAddress.parse(again)).isEqualTo(address);
  }

  private static int query(String text) {
    int query = text.indexOf('?', text.indexOf(':'));
    return query < 0 ? text.length() : query;
  }

  @FuzzTest
  void withASecret(FuzzedDataProvider in) {
    String text = SecretAddress.of(in.consumeRemainingAsString());
    assertThat(StoreAddress.mask(text)).doesNotContain(Refusals.SECRET);
    try {
      StoreAddress address = StoreAddress.parse(text);
      assertThat(address.toString()).doesNotContain(Refusals.SECRET);
      assertThat(StoreAddress.mask(address.toString())).doesNotContain(Refusals.SECRET);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
      Refusals.hideTheSecret(e);
    }
  }
}
