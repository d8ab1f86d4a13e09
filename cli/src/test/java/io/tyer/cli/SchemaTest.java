package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.command.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  private static String schema(String... args) {
    return SchemaCommand.text(SchemaSyntax.options(SchemaSyntax.syntax().parse(args)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mariadb", "h2", "sqlite", "PostgreSQL"})
  void printsWhatMakesTheTables(String dialect) {
    assertThat(schema("--dialect", dialect))
        .contains("tyer_line", "tyer_session", "tyer_shared")
        .doesNotContain("{prefix}")
        .endsWith(";\n");
    assertThat(schema("--dialect=" + dialect, "--prefix=ops.locks"))
        .contains("ops.locks_line")
        .doesNotContain("tyer_");
  }

  @Test
  void mariadbIsMysql() {
    assertThat(schema("--dialect", "mariadb")).isEqualTo(schema("--dialect", "mysql"));
  }

  @Test
  void saysWhatIsWrongAndWhatWouldBeRight() {
    assertThatThrownBy(() -> schema("--dialect", "oracle"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no dialect 'oracle'")
        .hasMessageContaining("h2, mariadb, mysql, postgresql, sqlite");
    assertThatThrownBy(() -> schema("--dialect", "h2", "--prefix", "x; DROP TABLE y"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a prefix is up to 30 lower-case letters");
    assertThatThrownBy(SchemaTest::schema).hasMessageContaining("--dialect is needed");
    assertThatThrownBy(() -> schema("h2")).hasMessageContaining("takes no argument, and 'h2' is");
  }

  @Test
  void isACommand() {
    int exit = new Program(Map.of(), new Screen()).run(new String[] {"schema", "--dialect=sqlite"});
    assertThat(exit).isZero();
  }
}
