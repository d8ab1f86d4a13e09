package io.tyer.cli;

import io.tyer.command.Refusal;
import io.tyer.store.jdbc.JdbcSchema;

/** {@code tyer schema}. */
final class SchemaCommand {

  private SchemaCommand() {}

  static String text(SchemaOptions options) {
    try {
      return JdbcSchema.ddl(options.dialect(), options.prefix());
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }
}
