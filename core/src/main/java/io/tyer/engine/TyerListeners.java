package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.TyerListener;
import io.tyer.TyerListener.WaitEnd;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a user's listener without letting it harm the engine. */
final class TyerListeners {

  static final TyerListener NONE = new TyerListener() {};

  private static final Logger log = LoggerFactory.getLogger(TyerListener.class);

  private TyerListeners() {}

  static void storeCall(TyerListener listener, String operation, long nanos, boolean succeeded) {
    guard(() -> listener.storeCall(operation, Duration.ofNanos(nanos), succeeded));
  }

  static void waited(TyerListener listener, String name, WaitEnd end, long nanos) {
    if (listener != NONE) {
      guard(() -> listener.waited(name, end, Duration.ofNanos(nanos)));
    }
  }

  static void held(TyerListener listener, String name, long nanos) {
    if (listener != NONE) {
      guard(() -> listener.held(name, Duration.ofNanos(nanos)));
    }
  }

  static void lost(TyerListener listener, String name, LossCause cause) {
    if (listener != NONE) {
      guard(() -> listener.lost(name, cause));
    }
  }

  static void baton(TyerListener listener, String name) {
    if (listener != NONE) {
      guard(() -> listener.baton(name));
    }
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      log.warn("a TyerListener failed; it is ignored", e);
    }
  }
}
