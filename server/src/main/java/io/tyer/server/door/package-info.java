/**
 * What clients reach: gRPC services that turn messages into commands for a {@link
 * io.tyer.server.replica.Replica}, and what comes of them into replies and events.
 */
@NullMarked
package io.tyer.server.door;

import org.jspecify.annotations.NullMarked;
