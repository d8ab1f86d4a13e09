/**
 * The torture run: worker processes that lock in every way there is, a nemesis that lets things go
 * wrong under them, a resource that checks fencing tokens, and the verdict of a checker over
 * everything that was written down.
 *
 * <p>Start at {@link io.tyer.testkit.torture.Torture}. A seed fixes the faults and when they
 * strike, and what each worker wishes for in which order; what the operating system makes of it is
 * different each time.
 */
@NullMarked
package io.tyer.testkit.torture;

import org.jspecify.annotations.NullMarked;
