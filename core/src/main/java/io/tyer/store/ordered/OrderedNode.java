package io.tyer.store.ordered;

import org.jspecify.annotations.Nullable;

/**
 * A node of a line, as it was read or appended.
 *
 * @param key by what its medium finds it in its line; no two nodes of a line ever have the same
 * @param label what it was appended with
 * @param body what a listing tells along with it, or null where a listing tells no more than what
 *     nodes there are
 */
public record OrderedNode(String key, String label, @Nullable NodeBody body) {}
