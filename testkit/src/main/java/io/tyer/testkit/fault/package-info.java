/** What goes wrong between a client and its store, made to order. */
@NullMarked
package io.tyer.testkit.fault;

import org.jspecify.annotations.NullMarked;
