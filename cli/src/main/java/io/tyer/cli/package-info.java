/**
 * The command line: {@code tyer run}, {@code tyer locks}, {@code tyer release}, {@code tyer
 * doctor}, {@code tyer completion}. Start at {@link io.tyer.cli.Main}, then {@code RunCommand}.
 */
@NullMarked
package io.tyer.cli;

import org.jspecify.annotations.NullMarked;
