/** What is measured: a {@code Row} plays with any subject that can do it, and yields figures. */
@NullMarked
package io.tyer.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
