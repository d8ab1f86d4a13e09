/** Faults between a client and its store, made to order: in its own code, or on the network. */
@NullMarked
package io.tyer.testkit.fault;

import org.jspecify.annotations.NullMarked;
