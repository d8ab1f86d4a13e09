/** Certificates and keys: from PEM files, read again when they change. */
@NullMarked
package io.tyer.server.tls;

import org.jspecify.annotations.NullMarked;
