@NullMarked
package io.tyer.example.cache;

import org.jspecify.annotations.NullMarked;
