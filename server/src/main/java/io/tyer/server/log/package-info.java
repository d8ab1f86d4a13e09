/**
 * What a member replicates and how: a log behind a port of our own, and the member on top of it,
 * which puts the commands that have come meanwhile into one entry. Nothing in here knows the engine
 * that keeps the log.
 */
@NullMarked
package io.tyer.server.log;

import org.jspecify.annotations.NullMarked;
