/**
 * Lines on ZooKeeper: an ephemeral sequential node for each ticket, under a container for each
 * line. A medium under {@link io.tyer.store.ordered}.
 *
 * <p>Start at {@code ZooKeeperMedium}, then {@code ZooKeeperSession} and {@code Proofs}: since when
 * a session is certain to live. What the nodes hold is said in {@code docs/stores/zookeeper.md}.
 */
@NullMarked
package io.tyer.store.zookeeper;

import org.jspecify.annotations.NullMarked;
