package io.tyer.spi;

/** A task that was scheduled and may be called off. */
@FunctionalInterface
public interface Cancellable {

  /** Calls the task off if it has not begun; without effect otherwise. */
  void cancel();
}
