/** etcd, alone and as a cluster of three members. */
@NullMarked
package io.tyer.servers.etcd;

import org.jspecify.annotations.NullMarked;
