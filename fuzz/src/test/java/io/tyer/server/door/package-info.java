@NullMarked
package io.tyer.server.door;

import org.jspecify.annotations.NullMarked;
