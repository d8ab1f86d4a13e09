package io.tyer.store.ordered;

/** Told once what happened to a node that was watched. */
@FunctionalInterface
public interface NodeWatch {

  /**
   * Something happened.
   *
   * @param gone whether the node certainly is gone; else it was replaced, or the watch may have
   *     missed something: whoever wants to know looks again
   */
  void happened(boolean gone);
}
