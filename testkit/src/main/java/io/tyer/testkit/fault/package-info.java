/** Faults between a client and its store. */
@NullMarked
package io.tyer.testkit.fault;

import org.jspecify.annotations.NullMarked;
