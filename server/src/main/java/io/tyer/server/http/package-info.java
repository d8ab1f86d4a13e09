/** A second door: plain HTTPS with JSON, for programs without a gRPC client. */
@NullMarked
package io.tyer.server.http;

import org.jspecify.annotations.NullMarked;
