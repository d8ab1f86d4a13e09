package io.tyer.cli;

/**
 * Where log messages go.
 *
 * @param screen says them
 * @param debug whether all of them, and with traces
 */
record LogTarget(Screen screen, boolean debug) {}
