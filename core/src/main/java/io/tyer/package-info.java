/**
 * Distributed locks. Start at {@link io.tyer.Tyer}, then {@link io.tyer.Lease}.
 *
 * <p>Words used throughout: a <b>lock</b> is what a user names; whoever wants it takes a
 * <b>ticket</b> in the lock's <b>line</b>; while the ticket is granted the user holds a
 * <b>lease</b>, which carries a <b>fencing token</b>; all of a client's tickets live under one
 * <b>session</b>, kept alive by one <b>beat</b> however many locks it holds; lines are kept in a
 * <b>store</b>.
 *
 * <p>Outcomes are types. <em>Busy</em> is an empty {@link io.tyer.OptionalLease}, not an exception.
 * {@link io.tyer.LeaseLostException}, {@link io.tyer.OutcomeUnknownException}, {@link
 * io.tyer.StoreUnreachableException}, {@link io.tyer.StoreRefusedException} and {@link
 * io.tyer.TyerClosedException} each mean one thing.
 *
 * <p>All types here are safe for use by many threads.
 */
@NullMarked
package io.tyer;

import org.jspecify.annotations.NullMarked;
