@NullMarked
package io.tyer.store.ordered;

import org.jspecify.annotations.NullMarked;
