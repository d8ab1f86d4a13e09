package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {

  private static JdbcAddress of(String address) {
    return JdbcAddress.of(StoreAddress.parse(address));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://host/db, POSTGRESQL",
    "jdbc:mysql://host/db, MYSQL",
    "jdbc:mariadb://host/db, MARIADB",
    "jdbc:h2:mem:a;DB_CLOSE_DELAY=-1, H2",
    "jdbc:sqlite:/tmp/a.db, SQLITE",
  })
  void theDialectFollowsTheUrl(String url, Dialect dialect) {
    JdbcAddress address = of(url);
    assertThat(address.dialect()).isEqualTo(dialect);
    assertThat(address.url()).isEqualTo(url);
    assertThat(address.prefix()).isEqualTo("tyer");
    assertThat(address.create()).isTrue();
  }

  @Test
  void itsOwnOptionsAreTakenOutAndTheDriversStay() {
    JdbcAddress address =
        of(
            "jdbc:postgresql://host/db?user=me&prefix=ops.locks&create=false&connections=3"
                + "&password=a%26b");
    assertThat(address.url()).isEqualTo("jdbc:postgresql://host/db");
    assertThat(address.credentials())
        .containsOnly(Map.entry("user", "me"), Map.entry("password", "a&b"));
    assertThat(of("jdbc:postgresql://host/db?ssl=true&x=a%26b").url())
        .isEqualTo("jdbc:postgresql://host/db?ssl=true&x=a%26b");
    assertThat(address.prefix()).isEqualTo("ops.locks");
    assertThat(address.create()).isFalse();
    assertThat(address.connections()).isEqualTo(3);
  }

  @Test
  void noPasswordIsShown() {
    for (String url :
        new String[] {
          "jdbc:postgresql://host/db?user=me&password=secret",
          "jdbc:postgresql://me:secret@host/db",
          "jdbc:mysql://me:secret@host/db",
          "jdbc:h2:mem:a;USER=sa;PASSWORD=secret;DB_CLOSE_DELAY=-1",
          "jdbc:postgresql://h/db?listen-url=jdbc%3Apostgresql%3A%2F%2Fh%2Fdb%3Fpassword%3Dsecret",
          "jdbc:postgresql://h/db?listen-url=jdbc%3Apostgresql%3A%2F%2Fme%3Asecret%40h%2Fdb"
        }) {
      assertThat(of(url).toString()).doesNotContain("secret");
      assertThat(of(url).shown()).doesNotContain("secret");
      assertThat(StoreAddress.parse(url).toString()).doesNotContain("secret");
      assertThat(StoreAddress.mask(url)).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:oracle:thin:@host",
        "jdbc:postgresql",
        "jdbc:postgresql://host/db?prefix=a;drop",
        "jdbc:postgresql://host/db?prefix=Tyer",
        "jdbc:postgresql://host/db?create=maybe",
        "jdbc:postgresql://host/db?connections=0",
        "jdbc:postgresql://host/db?connections=ten",
        "jdbc:postgresql://host/db?listen-url=server",
        "jdbc:postgresql://host/db?listen-url=jdbc%3Amysql%3A%2F%2Fserver%2Fdb",
        "jdbc:mariadb://host/db?listen-url=jdbc%3Amariadb%3A%2F%2Fserver%2Fdb",
        "jdbc:h2:mem:a;DB_CLOSE_DELAY=-1?x=sa",
        "jdbc:h2:mem:a",
        "jdbc:h2:mem:;DB_CLOSE_DELAY=-1",
        "jdbc:h2:tcp://host/a",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file:a?mode=memory",
      })
  void whatIsWrongIsRefusedWithWhatWouldBeRight(String address) {
    assertThatThrownBy(() -> of(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(address.substring(0, 10));
  }
}
