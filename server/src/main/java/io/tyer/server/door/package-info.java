/**
 * What clients reach: gRPC services that turn messages into commands for a {@link
 * io.tyer.server.replica.Replica}, and what comes of them into replies and events.
 */
@org.jspecify.annotations.NullMarked
package io.tyer.server.door;
