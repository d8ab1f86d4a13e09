/**
 * The lock server's state machine: sessions and lines, and what commands make of them. Pure: no
 * I/O, clock, thread or randomness, so that all members come to the same state by the same entries.
 *
 * <p>To read: {@link io.tyer.server.state.Command}, {@link io.tyer.server.state.Entry}, {@link
 * io.tyer.server.state.LockMachine}; then {@code TicketCommands} (what happens to lines), {@code
 * Sessions} (who ends when), {@code CowTree} (why an image of all of it takes no time), {@code
 * SnapshotFormat}.
 *
 * <p>What decides outcomes is part of the format, like the bytes: a release that decided otherwise,
 * or had another bound, would come to another state by the same entries. Such a change needs a new
 * version of the entries, by which members decide as before until all of them know it.
 */
@NullMarked
package io.tyer.server.state;

import org.jspecify.annotations.NullMarked;
