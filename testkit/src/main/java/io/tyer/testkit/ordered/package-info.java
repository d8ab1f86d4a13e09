/**
 * A medium of the ordered adapter in memory, in both flavours that real ones have, with every
 * answer, watch and hint losable: for tests of the adapter, and for whoever writes such a medium.
 * Begin at {@link io.tyer.testkit.ordered.InMemoryOrderedMedium}.
 */
@NullMarked
package io.tyer.testkit.ordered;

import org.jspecify.annotations.NullMarked;
