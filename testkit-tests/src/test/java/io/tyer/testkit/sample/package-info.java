/**
 * A store from end to end, as small as it can be: a server in a process of its own that keeps
 * versioned records, the client that makes a store of Tyer of it, and what tests need to start it.
 *
 * <p>This is the worked example for whoever wants to test a store of his own. Read in this order:
 *
 * <ol>
 *   <li>{@link io.tyer.testkit.sample.SampleServer}, {@link io.tyer.testkit.sample.SampleRecords}:
 *       what the server keeps and promises;
 *   <li>{@link io.tyer.testkit.sample.SampleMedium}: the client, and how truthful it is about what
 *       it does not know;
 *   <li>{@link io.tyer.testkit.sample.SampleStoreProvider}: how it becomes a store;
 *   <li>{@link io.tyer.testkit.sample.SampleKind}: how tests start it, kill it and look into it;
 *   <li>{@link io.tyer.testkit.sample.SampleContractTest}: the contract it is held to.
 * </ol>
 */
@NullMarked
package io.tyer.testkit.sample;

import org.jspecify.annotations.NullMarked;
