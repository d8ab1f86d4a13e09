/**
 * Lines of which the nodes are kept in order by somebody else's server, which also ends sessions
 * and tells who watches: the adapter that makes a {@link io.tyer.spi.LineStore} of such a server.
 * ZooKeeper and etcd are media under it.
 *
 * <p>Start at {@link io.tyer.store.ordered.OrderedMedium}, what a medium owes, then {@link
 * io.tyer.store.ordered.OrderedLineStore}. A ticket is a node: its label never changes and says
 * what the ticket asks for, its body says what people want to know and how it was marked since.
 * Whatever is decided about a line is decided by {@link io.tyer.line.Line}.
 */
@NullMarked
package io.tyer.store.ordered;

import org.jspecify.annotations.NullMarked;
