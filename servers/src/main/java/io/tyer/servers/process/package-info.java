/** Processes of servers on this host: started, killed, stopped, and started again. */
@NullMarked
package io.tyer.servers.process;

import org.jspecify.annotations.NullMarked;
