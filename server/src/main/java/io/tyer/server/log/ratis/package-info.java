/**
 * The replicated log, kept by Apache Ratis. Only {@link io.tyer.server.log.ratis.Ratis} is seen.
 */
@NullMarked
package io.tyer.server.log.ratis;

import org.jspecify.annotations.NullMarked;
