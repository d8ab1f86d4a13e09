/** Lines kept by Tyer's lock server: one session, one stream, to whichever member leads. */
@org.jspecify.annotations.NullMarked
package io.tyer.store.remote;
