package io.tyer.engine;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a session in the store. What comes of it hardly matters: it dies of missing beats otherwise.
 * Tried once more if the store was not reached, since the connection of an idle client may be one
 * to a server that was restarted meanwhile.
 */
final class SessionEnding implements Call.Outcome<Boolean> {

  private static final Logger log = LoggerFactory.getLogger(SessionEnding.class);

  private final StorePort port;
  private final StoreSession session;
  private final @Nullable CompletableFuture<Void> told;

  private volatile boolean again;

  private SessionEnding(
      StorePort port, StoreSession session, @Nullable CompletableFuture<Void> told) {
    this.port = port;
    this.session = session;
    this.told = told;
  }

  /**
   * Ends it.
   *
   * @param told completes when the store knows, or has failed
   */
  static void end(
      StorePort port,
      StoreSession session,
      @Nullable CompletableFuture<Void> told,
      Effects effects) {
    effects.add(() -> new SessionEnding(port, session, told).send(effects));
  }

  private void send(Effects effects) {
    Call.send(port, "end", effects, this, session::end);
  }

  @Override
  public void answered(Boolean ended, Effects effects) {
    Futures.complete(told, null);
  }

  @Override
  public void failed(StoreException failure, Effects effects) {
    if (failure.kind() == StoreException.Kind.UNREACHABLE && !again) {
      again = true;
      effects.add(() -> send(effects));
      return;
    }
    log.debug("a session could not be ended; it will die of missing beats", failure);
    Futures.complete(told, failure);
  }
}
