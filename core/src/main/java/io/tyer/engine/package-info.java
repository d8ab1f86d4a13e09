/**
 * The client-side machinery between API and store: sessions and their beats, local queues, batons,
 * time-outs, cancellation, loss. No I/O, clock or thread of its own: those come from {@link
 * io.tyer.spi.Surroundings}, so that the simulator can run it unchanged.
 *
 * <p><b>How it decides.</b> Two states decide, and nothing else: {@link io.tyer.engine.NameState},
 * all that this client does about one name, and {@link io.tyer.engine.SessionState}, its session in
 * one shard of the store. Both are (state, event, now) → (state, effects): an {@link
 * io.tyer.engine.Event} is a call, an answer, a hint, a timer or the session's news; an {@link
 * io.tyer.engine.Effect} is a request to be sent, a grant or loss to be told, a timer to be set, a
 * line of the log. Neither state reaches a lock, clock, store, log or thread; what it must know
 * comes as values.
 *
 * <p><b>What happens.</b> A shell around each ({@link io.tyer.engine.NameShell}, {@link
 * io.tyer.engine.SessionShell}) holds the lock, applies the event inline in the thread that brings
 * it, and performs the effects in order ({@link io.tyer.engine.Chain}) when the lock is free;
 * requests to the store are made by {@link io.tyer.engine.NameRequests}. It knows none of the
 * rules. No shell's lock is ever taken while another one's is held.
 *
 * <p><b>Bias</b> is {@link io.tyer.engine.BiasedName}, around the rules, which know nothing of it.
 *
 * <p><b>Deadlocks</b> within the process are looked for by a wait of a thread ({@code
 * DeadlockWatch}, {@code Circle}), which reads who holds what from the shells; no rule knows of
 * them.
 *
 * <p>Reading order, upwards, as nothing knows what stands above it: {@code Event}, {@code Effect},
 * {@code OwnTicket} (one ticket's life) with {@code Entering}, {@code Waiting}, {@code Granted},
 * {@code Leaving}, then {@code ModeState} (who is served by it), {@code NameState}, {@code
 * NameShell}; {@code SessionState}, {@code SessionShell}; {@code Names}, {@code Client}, {@code
 * BlockingWait}, {@code Engine}.
 *
 * <p>Internal: open to the testkit's simulator, not to users.
 */
@NullMarked
package io.tyer.engine;

import org.jspecify.annotations.NullMarked;
