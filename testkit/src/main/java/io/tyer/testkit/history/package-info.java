/**
 * What happened, written down by those it happened to, and whether the promises were kept.
 *
 * <p>{@link io.tyer.testkit.history.Event} is one thing that happened; {@link
 * io.tyer.testkit.history.HistoryWriter} and {@link io.tyer.testkit.history.HistoryReader} keep one
 * per line in a file. {@link io.tyer.testkit.history.HistoryChecker} says whether a history keeps
 * the promises; {@link io.tyer.testkit.history.Timeline} draws it, and {@link
 * io.tyer.testkit.history.HistoryPage} tells all of it.
 */
@NullMarked
package io.tyer.testkit.history;

import org.jspecify.annotations.NullMarked;
