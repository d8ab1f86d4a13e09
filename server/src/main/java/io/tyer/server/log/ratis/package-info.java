/**
 * The replicated log, kept by Apache Ratis. Only {@link io.tyer.server.log.ratis.Ratis} is seen.
 */
@org.jspecify.annotations.NullMarked
package io.tyer.server.log.ratis;
