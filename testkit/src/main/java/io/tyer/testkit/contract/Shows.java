package io.tyer.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which promises a behaviour shows, and under which fault. Every test of the contract says so. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Shows {

  /** The promises. */
  Promise[] value();

  /** What is broken meanwhile. */
  Fault under() default Fault.NONE;
}
