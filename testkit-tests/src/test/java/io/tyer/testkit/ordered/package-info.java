/**
 * The ordered adapter over a medium in memory: held to the contract in both flavours, held to
 * {@link io.tyer.line.Line} by random sequences, and caught when its medium is broken.
 */
@NullMarked
package io.tyer.testkit.ordered;

import org.jspecify.annotations.NullMarked;
