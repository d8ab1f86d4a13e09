@NullMarked
package io.tyer;

import org.jspecify.annotations.NullMarked;
