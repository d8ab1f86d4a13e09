@NullMarked
package io.tyer.testkit.contract;

import org.jspecify.annotations.NullMarked;
