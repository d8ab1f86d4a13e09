/**
 * Lines kept as small versioned records that are moved by compare-and-set: the adapter that makes a
 * {@link io.tyer.spi.LineStore} of anything that can read a record and replace it if it has not
 * changed. The file store and the SQL stores are media under it.
 *
 * <p>Start at {@link io.tyer.store.record.RecordMedium}, what a medium owes, then {@link
 * io.tyer.store.record.RecordLineStore}.
 */
@NullMarked
package io.tyer.store.record;

import org.jspecify.annotations.NullMarked;
