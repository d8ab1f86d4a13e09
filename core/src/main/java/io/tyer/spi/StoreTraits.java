package io.tyer.spi;

import java.time.Duration;

/**
 * What the engine must know of a store.
 *
 * @param blocking whether a request may block its thread while the store works; the engine then
 *     never makes one on its timer
 * @param tells whether sessions are told what concerns them; where they are not, a ticket kept
 *     under bias would be given back too late, so that none is
 * @param extraMargin added to every session's safety margin
 * @param firstCheck how soon a waiting ticket is checked again when nothing is heard
 * @param lastCheck up to where that interval grows; at most a second or so where the store can
 *     prove processes dead, since it is the check that finds it out; where many tickets of a client
 *     wait, it grows further, so that they ask 200 times a second in all
 */
public record StoreTraits(
    boolean blocking,
    boolean tells,
    Duration extraMargin,
    Duration firstCheck,
    Duration lastCheck) {}
