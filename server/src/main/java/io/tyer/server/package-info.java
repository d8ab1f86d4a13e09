/**
 * The lock server: one member, with its door for clients, started and stopped by {@link
 * io.tyer.server.TyerServer}.
 */
@org.jspecify.annotations.NullMarked
package io.tyer.server;
