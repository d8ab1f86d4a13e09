package io.tyer.store.ordered;

import java.util.List;

/**
 * A line as it was read.
 *
 * @param nodes in their order; not to be modified
 * @param revision the medium's own note of when that was, for {@link OrderedSession#append}
 */
public record LineNodes(List<OrderedNode> nodes, long revision) {}
