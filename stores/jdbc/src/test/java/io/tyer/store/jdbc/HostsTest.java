package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  @Test
  void eachIsTriedByItself() {
    assertThat(Hosts.each("jdbc:mariadb:sequential://h1:1,h2/db?user=a,b&x=1"))
        .containsExactly(
            "jdbc:mariadb://h1:1/db?user=a,b&x=1", "jdbc:mariadb://h2/db?user=a,b&x=1");
    assertThat(Hosts.each("jdbc:mysql://h1,[::1]:3307/db"))
        .containsExactly("jdbc:mysql://h1/db", "jdbc:mysql://[::1]:3307/db");
    assertThat(Hosts.each("jdbc:mariadb://address=(host=a,b)(port=1), address=(host=c)/db"))
        .containsExactly(
            "jdbc:mariadb://address=(host=a,b)(port=1)/db", "jdbc:mariadb://address=(host=c)/db");
    assertThat(Hosts.each("jdbc:mariadb:sequential://h1/db"))
        .containsExactly("jdbc:mariadb://h1/db");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mariadb://h/db",
        "jdbc:mariadb://h1,,h2/db",
        "jdbc:mariadb:replication://h1,h2/db",
        "jdbc:mysql:loadbalance://h1,h2/db",
        "jdbc:mysql://user:secret@[h1:1,h2:2]/db",
        "jdbc:mysql+srv://h1,h2/db",
        "jdbc:postgresql://h1,h2/db",
        "jdbc:h2:mem:x"
      })
  void whatTheDriverIsToChooseIsLeftToIt(String url) {
    assertThat(Hosts.each(url)).containsExactly(url);
  }
}
