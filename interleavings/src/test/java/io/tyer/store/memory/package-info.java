@NullMarked
package io.tyer.store.memory;

import org.jspecify.annotations.NullMarked;
