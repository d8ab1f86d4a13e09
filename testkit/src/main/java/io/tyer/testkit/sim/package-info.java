/**
 * A deterministic simulator: the real engine and the real line, in simulated time, among failures.
 *
 * <p>Start at {@link io.tyer.testkit.sim.Simulation}: one seed, one run, one thread. {@link
 * io.tyer.testkit.sim.Scenario} says what a seed stands for. A run is a queue of {@linkplain
 * io.tyer.testkit.sim.Events events}; each belongs to a {@linkplain io.tyer.testkit.sim.SimProcess
 * process} with a clock of its own, which may be paused, suspended or killed. Between engine and
 * server stands a {@linkplain io.tyer.testkit.sim.Link link} that loses, delays, repeats and
 * reorders. After every event {@link io.tyer.testkit.sim.Observer} compares what clients believe
 * with what the server knows, promise by promise.
 */
@NullMarked
package io.tyer.testkit.sim;

import org.jspecify.annotations.NullMarked;
