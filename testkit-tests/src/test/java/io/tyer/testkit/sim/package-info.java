@NullMarked
package io.tyer.testkit.sim;

import org.jspecify.annotations.NullMarked;
