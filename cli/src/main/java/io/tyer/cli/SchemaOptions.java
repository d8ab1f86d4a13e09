package io.tyer.cli;

/**
 * What {@code tyer schema} was asked for.
 *
 * @param dialect of which database
 * @param prefix with what the names of tables begin
 */
record SchemaOptions(String dialect, String prefix) {}
