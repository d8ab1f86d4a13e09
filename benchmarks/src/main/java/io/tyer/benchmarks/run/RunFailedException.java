package io.tyer.benchmarks.run;

/** A run came to nothing; the others go on. */
final class RunFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  RunFailedException(String message) {
    super(message);
  }
}
