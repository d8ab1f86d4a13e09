@NullMarked
package io.tyer.store.redis;

import org.jspecify.annotations.NullMarked;
