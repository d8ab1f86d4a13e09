/**
 * Lines kept as small versioned records that are moved by compare-and-set: the adapter that makes a
 * {@link io.tyer.spi.LineStore} of anything that can read a record and replace it if it has not
 * changed. The file store and the SQL stores are media under it.
 *
 * <p>Start at {@link io.tyer.store.record.RecordMedium}, what a medium owes, then {@link
 * io.tyer.store.record.RecordLineStore}. Inside, {@code Records} is the one loop that changes a
 * record; on it stand {@code Numbers} (the high-water mark), {@code Buckets} (lines) and {@code
 * SessionRecords}. {@code LineRequests} is what a session does to a line, {@code Obituaries}
 * decides who is dead, {@code Sweep} removes what the dead left.
 */
@NullMarked
package io.tyer.store.record;

import org.jspecify.annotations.NullMarked;
