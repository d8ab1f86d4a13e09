/** What a test makes of what is logged. */
@NullMarked
package io.tyer.testkit.logs;

import org.jspecify.annotations.NullMarked;
