package io.tyer.testkit.contract;

import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the contract suites must know of a store, and do to it: all that a store's author writes.
 * One is made for each test, on a fresh store; closing it ends the store.
 */
public interface StoreUnderTest extends AutoCloseable {

  /** What kind of store this is, in one word, such as {@code file}; names its results. */
  String kind();

  /** A new client's place. Closed by whoever asked for it. */
  Seat seat();

  /**
   * Looks into the store, not through the code under test: with another client library, or by
   * reading its files.
   */
  Contents look() throws IOException;

  /**
   * Why something cannot be had with this store, in words for users; empty where it can. What
   * cannot be had is skipped with this reason, and stands in the table of guarantees.
   */
  default Optional<String> whyNot(Feature feature) {
    return Optional.empty();
  }

  /**
   * Whether the store has several shards: what a dead client left is swept by those that use the
   * same shard, and by whoever lists all lines.
   */
  default boolean sweptByShard() {
    return false;
  }

  /**
   * Warnings that the store's own code may log, at any time, while it cannot be reached: regular
   * expressions. All others are expected by a test, or are an error.
   */
  default List<String> expectedWarnings() {
    return List.of();
  }

  /**
   * Stops the store as hard as can be (kill -9), and starts it with what it had acknowledged, at
   * the same address. Only with {@link Feature#RESTART}.
   */
  default void restart() throws Exception {
    throw new UnsupportedOperationException(kind() + " cannot be restarted");
  }

  /**
   * Removes what the store keeps for this name (and perhaps for others), as an operator with a
   * broom would. Only with {@link Feature#REMOVE_LINE}.
   */
  default void removeLine(String name) throws Exception {
    throw new UnsupportedOperationException(kind() + " has no lines to remove by hand");
  }

  @Override
  void close() throws IOException;
}
