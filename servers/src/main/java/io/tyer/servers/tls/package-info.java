/** Certificates for servers and clients that tests start, good and bad ones. */
@NullMarked
package io.tyer.servers.tls;

import org.jspecify.annotations.NullMarked;
