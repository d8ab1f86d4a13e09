@NullMarked
package io.tyer.command;

import org.jspecify.annotations.NullMarked;
