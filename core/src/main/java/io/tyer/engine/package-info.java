/**
 * The client-side machinery between API and store: sessions and their beats, local queues, batons,
 * time-outs, cancellation, loss. No I/O, clock or thread of its own: those come from {@link
 * io.tyer.spi.Surroundings}, so that the simulator can run it unchanged.
 *
 * <p><b>How it decides.</b> {@link io.tyer.engine.NameQueue} is the state of one name in this
 * client, {@link io.tyer.engine.SessionKeeper} that of the session (of each shard of the store in
 * use). Each event (a call, a reply, a hint, a timer) is applied under the state's lock, inline in
 * the thread that brings it, as (state, event, now) → (state, effects); the {@link
 * io.tyer.engine.Effects} (requests to the store, grants to deliver, losses to tell, timers) are
 * performed when the lock has been released. No state's lock is ever taken while another one's is
 * held.
 *
 * <p>Reading order: {@code Claim} (one ticket's life), {@code Lane} (who is served by it), {@code
 * NameQueue}, {@code SessionKeeper}, {@code Engine}.
 *
 * <p>Internal: open to the testkit's simulator, not to users.
 */
@NullMarked
package io.tyer.engine;

import org.jspecify.annotations.NullMarked;
