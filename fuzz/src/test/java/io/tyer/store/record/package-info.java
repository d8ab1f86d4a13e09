@NullMarked
package io.tyer.store.record;

import org.jspecify.annotations.NullMarked;
