/** Who comes in, by whichever door: access tokens, their rates, and the audit log. */
@NullMarked
package io.tyer.server.guard;

import org.jspecify.annotations.NullMarked;
