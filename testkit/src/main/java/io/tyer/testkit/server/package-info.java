/**
 * How tests start, stop and look into the store that they test, whatever it is.
 *
 * <p>Start at {@link io.tyer.testkit.server.ServerKind}: a store's author writes one, and every
 * suite and torture run of this module can use his store.
 */
@NullMarked
package io.tyer.testkit.server;

import org.jspecify.annotations.NullMarked;
