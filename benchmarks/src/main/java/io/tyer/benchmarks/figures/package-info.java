/**
 * The plain command that prints what locks cost. {@link io.tyer.benchmarks.figures.Main} plans runs
 * and reports; each run is a {@link io.tyer.benchmarks.figures.Child}, or two of them, in a fresh
 * JVM. A {@code Row} is what is measured, a {@code Subject} whose lock it is: a store or a peer is
 * added by one more subject.
 */
@NullMarked
package io.tyer.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
