/**
 * What the programs of Tyer's command line share: options and how they are read ({@link
 * io.tyer.command.Syntax}), help, messages, exit codes ({@link io.tyer.command.Exit}).
 */
@NullMarked
package io.tyer.command;

import org.jspecify.annotations.NullMarked;
