package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreAddress;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreUriTest {

  @ParameterizedTest
  @CsvSource({
    "file:/a/b, /a/b",
    "file:///a/b, /a/b",
    "file://localhost/a/b, /a/b",
    "FILE:/a/b, /a/b",
    "file:a/b, a/b",
    "file:./a, ./a",
    "file:/a%20b%3Fc+d%25, /a b?c+d%",
    "file:/ä, /ä",
  })
  void accepted(String uri, String path) {
    assertThat(parse(uri).directory()).isEqualTo(Path.of(path));
    assertThat(parse(uri).buckets()).isEmpty();
  }

  @Test
  void theHomeDirectory() {
    assertThat(parse("file:~/locks").directory())
        .isEqualTo(Path.of(System.getProperty("user.home"), "locks"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:",
        "file:%20",
        "file:~",
        "file:~other/x",
        "file://",
        "file://host/a",
        "file://a",
        "file:/a%zz",
        "file:/a%00b",
      })
  void refused(String uri) {
    assertThatThrownBy(() -> parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(uri);
  }

  @Test
  void buckets() {
    assertThat(parse("file:/a?buckets=1").buckets()).isEqualTo(OptionalInt.of(1));
    assertThat(parse("file:/a?buckets=65536").buckets()).isEqualTo(OptionalInt.of(65_536));
    for (String bad : new String[] {"0", "65537", "-1", "x", "", "1.5"}) {
      assertThatThrownBy(() -> parse("file:/a?buckets=" + bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 1 to 65536");
    }
  }

  @Test
  void create() {
    assertThat(parse("file:/a").create()).isTrue();
    assertThat(parse("file:/a?create=true").create()).isTrue();
    assertThat(parse("file:/a?create=false").create()).isFalse();
    assertThatThrownBy(() -> parse("file:/a?create=no"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("true or false, not no");
  }

  @Test
  void unknownOptionsAreNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> parse("file:/a?bukets=1&x=2&buckets=3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bukets, x")
        .hasMessageContaining("options buckets, create and anybody");
  }

  private static FileStoreUri parse(String uri) {
    return FileStoreUri.parse(StoreAddress.parse(uri));
  }
}
