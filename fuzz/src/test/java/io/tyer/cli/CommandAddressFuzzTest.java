package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.fuzz.SecretAddress;

/** Addresses as the command line handles them: the password, and nothing else, is taken out. */
class CommandAddressFuzzTest {

  @FuzzTest
  void any(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    Address address = new Address(text);
    Address without = address.withoutPassword();
    assertThat(without.withoutPassword()).isEqualTo(without);
    assertThat(without.hasPassword()).isFalse();
    assertThat(without.text().length()).isLessThanOrEqualTo(text.length());
    if (address.scheme().matches("[a-z][a-z0-9+.-]*")) {
      assertThat(without.scheme()).isEqualTo(address.scheme());
    }
    String value = address.option("ttl");
    assertThat(value == null || text.contains("=")).isTrue();
    Address absolute = address.absolute("/here");
    assertThat(absolute.absolute("/there")).isEqualTo(absolute);
  }

  @FuzzTest
  void withASecret(FuzzedDataProvider in) {
    Address address = new Address(SecretAddress.of(in.consumeRemainingAsString()));
    assertThat(address.toString()).doesNotContain(Refusals.SECRET);
    assertThat(address.withoutPassword().text()).doesNotContain(Refusals.SECRET);
  }

  @FuzzTest
  void givenAPassword(FuzzedDataProvider in) {
    String password = in.consumeRemainingAsString();
    if (password.isEmpty()) {
      return;
    }
    for (String plain : new String[] {"redis://host/0", "redis://me@host?ttl=5s", "jdbc:x:y"}) {
      Address with = new Address(plain).withPassword(password);
      assertThat(with.hasPassword()).isTrue();
      assertThat(with.withoutPassword().text()).isEqualTo(plain);
      assertThat(with.text()).doesNotContain(" ", "\n");
    }
  }

  @FuzzTest
  void aPath(FuzzedDataProvider in) {
    String path = "/" + in.consumeRemainingAsString();
    Address address = new Address("file:" + Address.escaped(path) + "?ttl=5s");
    assertThat(address.option("ttl")).isEqualTo("5s");
    assertThat(address.hasPassword()).isFalse();
  }
}
