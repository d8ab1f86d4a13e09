/** Lines kept by Tyer's lock server: one session, one stream, to whichever member leads. */
@NullMarked
package io.tyer.store.remote;

import org.jspecify.annotations.NullMarked;
