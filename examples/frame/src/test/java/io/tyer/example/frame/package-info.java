@NullMarked
package io.tyer.example.frame;

import org.jspecify.annotations.NullMarked;
