package io.tyer.store.ordered;

/**
 * What came of an append.
 *
 * @param own the new node, as it stands in the line
 * @param body its body, with its number
 * @param line the line, read after the node was appended
 */
public record Appended(OrderedNode own, NodeBody body, LineNodes line) {}
