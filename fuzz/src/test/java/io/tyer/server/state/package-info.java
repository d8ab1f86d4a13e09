/** The parsers of the lock server's log and snapshots. */
@NullMarked
package io.tyer.server.state;

import org.jspecify.annotations.NullMarked;
