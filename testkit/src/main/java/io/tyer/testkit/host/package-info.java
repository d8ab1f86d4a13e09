/** What tests ask of the operating system: commands, file systems and hosts of their own. */
@NullMarked
package io.tyer.testkit.host;

import org.jspecify.annotations.NullMarked;
