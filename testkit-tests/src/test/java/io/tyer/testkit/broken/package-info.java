/**
 * Stores that are wrong in one respect each, and the proof that each of them is caught: a test kit
 * that has never caught anything proves nothing.
 */
@NullMarked
package io.tyer.testkit.broken;

import org.jspecify.annotations.NullMarked;
