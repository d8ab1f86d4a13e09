package io.tyer.spi;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.List;

/**
 * A line as an operator sees it.
 *
 * @param name the lock's name
 * @param tickets the tickets in order
 * @param granted how each of them stands, in the same order
 */
public record LineView(LockName name, List<Ticket> tickets, List<Boolean> granted) {}
