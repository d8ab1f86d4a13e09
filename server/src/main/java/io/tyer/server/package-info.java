/**
 * The lock server: one member, with its door for clients, started and stopped by {@link
 * io.tyer.server.TyerServer}.
 */
@NullMarked
package io.tyer.server;

import org.jspecify.annotations.NullMarked;
