/** What goes beside the messages that clients and the lock server say to each other. */
@NullMarked
package io.tyer.protocol;

import org.jspecify.annotations.NullMarked;
