@NullMarked
package io.tyer.testkit.host;

import org.jspecify.annotations.NullMarked;
