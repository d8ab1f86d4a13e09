@NullMarked
package io.tyer.testkit.torture;

import org.jspecify.annotations.NullMarked;
