/** Plans rounds, runs each row in fresh JVMs, and keeps what was found. */
@NullMarked
package io.tyer.benchmarks.run;

import org.jspecify.annotations.NullMarked;
