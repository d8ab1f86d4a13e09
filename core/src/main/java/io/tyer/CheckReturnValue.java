package io.tyer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whose result says what has happened: compilers that know annotations of this name, such as with
 * Error Prone, warn where it is dropped. Our own, so that it brings no library to users.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
@interface CheckReturnValue {}
