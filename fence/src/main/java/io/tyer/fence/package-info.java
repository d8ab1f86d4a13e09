/**
 * The checking side of fencing tokens (promise S2). A lease may be lost while its holder is paused;
 * the holder cannot know it when it goes on, and writes. A token protects only what looks at it:
 *
 * <ul>
 *   <li>{@link io.tyer.fence.JdbcFence} for rows of a database, within the transaction that writes
 *       them;
 *   <li>{@link io.tyer.fence.FencedFile} for a file that is replaced as a whole;
 *   <li>{@link io.tyer.fence.Fence} for objects of this process, such as those of a service that
 *       gets its requests from the holders.
 * </ul>
 *
 * <p>Each remembers the largest token seen of a <em>resource</em>, and refuses a smaller one with
 * {@link StaleTokenException}. The same token may come any number of times. Tokens of different
 * locks are not compared with each other, so one resource belongs to one lock.
 *
 * <p>And optimistic locking, for changes that need no lock: {@link io.tyer.fence.Versioned} in
 * {@link io.tyer.fence.JdbcVersioned}, {@link io.tyer.fence.FileVersioned} and {@link
 * io.tyer.fence.MemoryVersioned}, with {@link io.tyer.fence.Latch} and {@link
 * io.tyer.fence.Barrier} on top. Data on Redis have both in {@code tyer-store-redis}.
 */
@NullMarked
package io.tyer.fence;

import org.jspecify.annotations.NullMarked;
