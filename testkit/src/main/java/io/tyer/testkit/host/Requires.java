package io.tyer.testkit.host;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test, with the reason, where the machine lacks what it needs. Nothing of a test that is
 * skipped is run, neither what prepares it nor what comes after it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("tools")
@ExtendWith(RequiresCondition.class)
public @interface Requires {

  /** All that it needs. */
  Needs[] value();
}
