package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;

/** The options of {@code tyer schema}. */
final class SchemaSyntax {

  private static final String DIALECT = "dialect";
  private static final String PREFIX = "prefix";

  private SchemaSyntax() {}

  static Syntax syntax() {
    return new Syntax(
            "tyer schema",
            "--dialect DIALECT [--prefix PREFIX]",
            "Prints the statements that make the tables of the SQL store, for a migration of your"
                + " own; reaches for no database. Clients that are to make none open the store with"
                + " create=false.")
        .value(DIALECT, "DIALECT", "postgresql, mysql, mariadb, h2 or sqlite")
        .value(
            PREFIX,
            "PREFIX",
            "With what the names of the tables begin, perhaps behind a schema and a dot, as in the"
                + " store's option prefix; default: tyer")
        .withHelp();
  }

  static SchemaOptions options(Parsed parsed) {
    if (!parsed.arguments().isEmpty()) {
      throw Refusal.usage(
          "schema takes no argument, and '"
              + parsed.arguments().get(0)
              + "' is one; name the database with --dialect");
    }
    String dialect = parsed.text(DIALECT);
    if (dialect == null) {
      throw Refusal.usage(
          "--dialect is needed: postgresql, mysql, mariadb, h2 or sqlite, as in tyer schema"
              + " --dialect postgresql");
    }
    String prefix = parsed.text(PREFIX);
    return new SchemaOptions(dialect, prefix == null ? "tyer" : prefix);
  }
}
