/** What a member does and has, in numbers, for those who watch it from outside. */
@NullMarked
package io.tyer.server.metrics;

import org.jspecify.annotations.NullMarked;
