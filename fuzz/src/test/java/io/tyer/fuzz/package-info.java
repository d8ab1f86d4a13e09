@NullMarked
package io.tyer.fuzz;

import org.jspecify.annotations.NullMarked;
