package io.tyer;

/** In which order callers who wait for one lock are served; {@link TyerOption#ORDER}. */
public enum Order {
  /**
   * Clients in turn. The callers of one client have one ticket together (for each of reading,
   * writing and permits), which serves the first of them, and others as far as {@link
   * TyerOption#BATONS} and {@link TyerOption#BATON_TIME} allow; readers share it. Whoever is left
   * gets the next ticket, at the end of the line. So clients are served in the order in which they
   * began to wait, and callers of one client in the order in which they came; but who comes to a
   * client that holds the lock may be served before, or after, somebody of another client who came
   * earlier, or later.
   */
  CLIENTS,

  /**
   * First come, first served over all clients that use it: each caller has a ticket of its own, and
   * nothing is handed on, shared or kept. Each hand-over costs a request.
   */
  STRICT
}
