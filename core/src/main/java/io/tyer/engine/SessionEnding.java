package io.tyer.engine;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a session in the store. What comes of it hardly matters: it dies of missing beats otherwise.
 *
 * @param told completes when the store knows, or has failed
 */
record SessionEnding(@Nullable CompletableFuture<Void> told) implements Call.Outcome<Boolean> {

  private static final Logger log = LoggerFactory.getLogger(SessionEnding.class);

  static void end(
      StorePort port,
      StoreSession session,
      @Nullable CompletableFuture<Void> told,
      Effects effects) {
    effects.add(() -> Call.send(port, "end", effects, new SessionEnding(told), session::end));
  }

  @Override
  public void answered(Boolean ended, Effects effects) {
    Futures.complete(told, null);
  }

  @Override
  public void failed(StoreException failure, Effects effects) {
    log.debug("a session could not be ended; it will die of missing beats", failure);
    Futures.complete(told, failure);
  }
}
