/**
 * Distributed locks: the API ({@link io.tyer}), what a store owes ({@link io.tyer.spi}), the pure
 * line ({@link io.tyer.line}), the engine between them, the memory store, the record and the
 * ordered adapter, and what stores on a network have in common.
 */
@SuppressWarnings("module") // the testkit is compiled later
module io.tyer.core {
  requires static com.google.errorprone.annotations;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.tyer;
  exports io.tyer.line;
  exports io.tyer.spi;
  exports io.tyer.store.network;
  exports io.tyer.store.ordered;
  exports io.tyer.store.record;
  exports io.tyer.surroundings;
  exports io.tyer.store.memory to
      io.tyer.testkit;
  exports io.tyer.engine to
      io.tyer.testkit;

  uses io.tyer.spi.LineStoreProvider;

  provides io.tyer.spi.LineStoreProvider with
      io.tyer.store.memory.MemoryStoreProvider;
}
