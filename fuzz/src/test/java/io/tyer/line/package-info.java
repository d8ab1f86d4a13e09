@NullMarked
package io.tyer.line;

import org.jspecify.annotations.NullMarked;
