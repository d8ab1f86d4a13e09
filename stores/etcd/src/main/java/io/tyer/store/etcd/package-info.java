/**
 * Lines kept in etcd: {@code etcd://host:port,host2,host3/path}.
 *
 * <p>Start at {@link io.tyer.store.etcd.EtcdMedium}: what the ordered adapter asks for, and which
 * requests it becomes.
 */
@NullMarked
package io.tyer.store.etcd;

import org.jspecify.annotations.NullMarked;
