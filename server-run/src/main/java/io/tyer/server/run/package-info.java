/** The program {@code tyer server}. */
@NullMarked
package io.tyer.server.run;

import org.jspecify.annotations.NullMarked;
