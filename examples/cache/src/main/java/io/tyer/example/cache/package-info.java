/**
 * A value that is expensive to compute and read by many: {@link io.tyer.example.cache.SharedValue}
 * is the pattern to copy, with {@link io.tyer.example.cache.ValueFile}.
 */
@NullMarked
package io.tyer.example.cache;

import org.jspecify.annotations.NullMarked;
