package io.tyer.example.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.command.Console;
import io.tyer.command.Exit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command refuses, and how it says so. */
class ArgumentsTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new Console("coupons", new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new DemoCommand(), arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --database | postgres://host/shop           | takes a JDBC URL
          --database | jdbc:h2:mem:shop               | leave --database out
          --database | jdbc:h2:file:/tmp/shop         | leave --database out
          --database | jdbc:oracle:thin:u/secret@host | none for jdbc:oracle:
          --database | jdbc:x                         | none for jdbc:x
          --store    | memory:shop                    | file:/dir or redis://host, not memory:shop
          --store    | abacus:secret                  | no store for addresses that begin with abacus:
          --store    | nonsense                       | begins with a scheme
          --store    | file:/tmp/x?abacus=1           | abacus
          --stock    | 7                              | a stock is 8 to 1000 coupons, not 7
          --stock    | many                           | --stock is a whole number, not 'many'
          --buyers   | 1                              | it takes 2 to 12 buyers, not 1
          --ttl      | 0                              | a TTL of 1 to 30 seconds here, not 0.00 s
          --think    | 0                              | 1 to 1000 ms, not 0
          --rounds   | 1,6                            | there are rounds 1 to 5, not 6
          --page     | /no/such/directory/page.html   | a file in a directory that there is
          --picture  | /no/such/directory/sale.svg    | --picture names a file in a directory
          """)
  void refuses(String option, String value, String message) {
    // The page goes elsewhere if something is not refused that should be.
    String page = directory.resolve("page.html").toString();
    int code = option.equals("--page") ? run(option, value) : run(option, value, "--page", page);
    assertThat(code).as(err::toString).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains(message, "--help").doesNotContain("secret");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aDatabaseThatIsNotThereIsNoWrongArgument() {
    String url = "jdbc:postgresql://127.0.0.1:1/shop?user=shop&password=secret";
    int code = run("--database", url, "--page", directory.resolve("page.html").toString());
    assertThat(code).as(err::toString).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).contains("could not run").doesNotContain("secret");
  }

  @Test
  void helps() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--database", "--store", "Exit codes", "2 to 4");
  }
}
