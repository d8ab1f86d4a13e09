/**
 * Groups of members of which one leads, whatever they are members of: one frame for all of them.
 */
@NullMarked
package io.tyer.servers.group;

import org.jspecify.annotations.NullMarked;
