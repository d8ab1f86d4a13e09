/**
 * The line of tickets: every decision a store makes, and nothing else. No I/O, no clock, no
 * threads, no randomness; all values are immutable and may be shared freely.
 *
 * <p><b>One idea.</b> Every lock is a {@link io.tyer.line.Line}. Whoever wants the lock takes a
 * {@link io.tyer.line.Ticket} at the end of the line; the tickets leave in whatever order their
 * holders please, and the line only ever grows at the end.
 *
 * <p><b>One rule</b>, for every kind of lock:
 *
 * <blockquote>
 *
 * A ticket is granted when everything ahead of it fits beside it: an exclusive ticket when it is
 * first; a shared one when no exclusive ticket is ahead of it and the weights ahead, plus its own,
 * do not exceed its capacity.
 *
 * </blockquote>
 *
 * <table>
 * <caption>Kinds of lock are only kinds of tickets</caption>
 * <tr><th>kind</th><th>ticket</th></tr>
 * <tr><td>mutex, write lock</td><td>exclusive</td></tr>
 * <tr><td>read lock</td><td>shared, weight 1, {@linkplain io.tyer.line.Ask#UNBOUNDED unbounded}
 *     capacity</td></tr>
 * <tr><td>semaphore of N permits, taking w</td><td>shared, weight w, capacity N</td></tr>
 * </table>
 *
 * <p>Tickets only leave or {@linkplain io.tyer.line.Line#weaken weaken}, so the weights ahead of a
 * ticket never grow: once granted, it stays granted until it leaves. Numbers only rise, also over
 * lines that were emptied and begun again from their {@linkplain io.tyer.line.Line#empty floor}:
 * that is what fencing tokens rest on.
 *
 * <p>To read: {@link io.tyer.line.Line} (the operations), then {@code Rule} (the rule as
 * arithmetic), then {@code Node} (how a line of ten thousand tickets answers as fast as one of
 * ten). {@link io.tyer.line.LineCodec} and {@link io.tyer.line.LineText} carry a line as bytes and
 * as text.
 */
@NullMarked
package io.tyer.line;

import org.jspecify.annotations.NullMarked;
