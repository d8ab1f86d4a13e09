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
 * @param omitted how many more there are behind these, where a store lists only the first
 */
public record LineView(LockName name, List<Ticket> tickets, List<Boolean> granted, int omitted) {

  /** The whole line. */
  public LineView(LockName name, List<Ticket> tickets, List<Boolean> granted) {
    this(name, tickets, granted, 0);
  }
}
