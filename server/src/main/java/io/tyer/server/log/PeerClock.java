package io.tyer.server.log;

/**
 * What another member tells of itself.
 *
 * @param id whose it is; empty of oneself
 * @param wallMillis its wall clock, in milliseconds since 1970, as it answered
 * @param version the newest version of entries that it reads
 */
public record PeerClock(String id, long wallMillis, int version) {}
