/**
 * Locks within one JVM: the smallest complete store, for tests and for programs that may one day
 * run on several machines. {@code memory:name} is shared by all clients of the JVM that name it.
 */
@NullMarked
package io.tyer.store.memory;

import org.jspecify.annotations.NullMarked;
