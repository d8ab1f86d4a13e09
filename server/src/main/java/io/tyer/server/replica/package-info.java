/** One member's view of the replicated state: what the door asks, and what replication answers. */
@org.jspecify.annotations.NullMarked
package io.tyer.server.replica;
