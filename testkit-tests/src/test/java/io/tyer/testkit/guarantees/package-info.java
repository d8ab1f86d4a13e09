@NullMarked
package io.tyer.testkit.guarantees;

import org.jspecify.annotations.NullMarked;
