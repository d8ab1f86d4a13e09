/** The command {@code ./torture}, with all stores on one class path. */
@NullMarked
package io.tyer.torture;

import org.jspecify.annotations.NullMarked;
