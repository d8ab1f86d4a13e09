package io.tyer.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tyer run} was asked to do.
 *
 * @param store which store
 * @param patience how long to wait for the lock; zero for not at all, null for as long as it takes
 * @param share how much of the lock
 * @param elect whether to wait for the lock again when it was lost, and to run the command again
 * @param ttl the session's TTL, null for the default
 * @param onLoss what to do when the lease is lost
 * @param grace the time between TERM and KILL, null for the default
 * @param label what others see instead of host and process, null for those
 * @param verbose whether to tell what is done
 * @param name the lock's name
 * @param command the command and its arguments
 */
record RunOptions(
    StoreOptions store,
    @Nullable Duration patience,
    Share share,
    boolean elect,
    @Nullable Duration ttl,
    OnLoss onLoss,
    @Nullable Duration grace,
    @Nullable String label,
    boolean verbose,
    String name,
    List<String> command) {}
