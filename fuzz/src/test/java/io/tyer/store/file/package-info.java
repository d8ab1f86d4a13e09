@NullMarked
package io.tyer.store.file;

import org.jspecify.annotations.NullMarked;
