/** One member's view of the replicated state: what the door asks, and what replication answers. */
@NullMarked
package io.tyer.server.replica;

import org.jspecify.annotations.NullMarked;
