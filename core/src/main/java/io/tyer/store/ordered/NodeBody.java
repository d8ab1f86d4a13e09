package io.tyer.store.ordered;

/**
 * What a node was when it was looked at.
 *
 * @param number larger than those of all nodes that were appended to its line before, also if the
 *     line was empty meanwhile; at least 1; it never changes
 * @param version another one after each replacement
 * @param content not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by number and version.
public record NodeBody(long number, long version, byte[] content) {}
