/**
 * What a store owes the engine, and what the engine gives it.
 *
 * <p>Start at {@link io.tyer.spi.LineStore}. A store keeps {@linkplain io.tyer.line.Line lines} and
 * sessions; it knows no lock kinds and no policy. Whatever is decided about a line is decided by
 * {@code Line}; whatever a client does with the answer is decided by the engine.
 */
@NullMarked
package io.tyer.spi;

import org.jspecify.annotations.NullMarked;
