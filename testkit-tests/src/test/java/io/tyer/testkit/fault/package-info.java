@NullMarked
package io.tyer.testkit.fault;

import org.jspecify.annotations.NullMarked;
