/** Tyer's own lock server, alone and as a group of three, in processes of their own. */
@NullMarked
package io.tyer.servers.tyer;

import org.jspecify.annotations.NullMarked;
