/**
 * What the demos share: processes that are told, heard, paused and killed; a plain terminal screen;
 * a database that a demo hosts itself. Nothing of it is needed to use Tyer.
 */
@NullMarked
package io.tyer.example.frame;

import org.jspecify.annotations.NullMarked;
