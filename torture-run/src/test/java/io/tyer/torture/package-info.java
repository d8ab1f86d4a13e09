@NullMarked
package io.tyer.torture;

import org.jspecify.annotations.NullMarked;
