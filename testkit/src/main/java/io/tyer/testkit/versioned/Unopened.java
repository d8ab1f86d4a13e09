package io.tyer.testkit.versioned;

import io.tyer.Retry;
import io.tyer.fence.Version;
import io.tyer.fence.Versioned;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** In place of a client until there is one. */
final class Unopened implements Versioned<String> {

  private static IllegalStateException none() {
    return new IllegalStateException("nothing was opened");
  }

  @Override
  public String resource() {
    throw none();
  }

  @Override
  public Optional<Entry<String>> read() {
    throw none();
  }

  @Override
  public Optional<Version> create(String value) {
    throw none();
  }

  @Override
  public Optional<Version> replace(Version expected, String value) {
    throw none();
  }

  @Override
  public boolean remove(Version expected) {
    throw none();
  }

  @Override
  public <E extends Exception> Entry<String> update(Retry retry, Change<String, E> change) {
    throw none();
  }

  @Override
  public CompletableFuture<Void> whenMovedOn(Version version) {
    throw none();
  }

  @Override
  public boolean awaitUntil(Predicate<? super Optional<String>> condition, Duration wait) {
    throw none();
  }
}
