@NullMarked
package io.tyer.engine;

import org.jspecify.annotations.NullMarked;
