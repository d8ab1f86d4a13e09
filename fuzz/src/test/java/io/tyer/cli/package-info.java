@NullMarked
package io.tyer.cli;

import org.jspecify.annotations.NullMarked;
