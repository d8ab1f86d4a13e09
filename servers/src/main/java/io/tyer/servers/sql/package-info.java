/** SQL databases: servers that are started once for a JVM, with a database for each test; files. */
@NullMarked
package io.tyer.servers.sql;

import org.jspecify.annotations.NullMarked;
