/** What things cost. */
@NullMarked
package io.tyer.benchmarks;

import org.jspecify.annotations.NullMarked;
