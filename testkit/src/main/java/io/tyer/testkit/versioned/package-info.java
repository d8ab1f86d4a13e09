/** What every {@link io.tyer.fence.Versioned} is held to, wherever it keeps its values. */
@NullMarked
package io.tyer.testkit.versioned;

import org.jspecify.annotations.NullMarked;
