/**
 * Access tokens: who may do what, under which names, and how much of it. Values without a clock.
 */
@NullMarked
package io.tyer.server.access;

import org.jspecify.annotations.NullMarked;
