/**
 * Stores in SQL databases: PostgreSQL, MySQL and MariaDB, H2, SQLite. Lines, sessions and what all
 * share are rows, moved by compare-and-set in single statements.
 */
@NullMarked
package io.tyer.store.jdbc;

import org.jspecify.annotations.NullMarked;
