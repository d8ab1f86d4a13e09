@NullMarked
package io.tyer.spi;

import org.jspecify.annotations.NullMarked;
