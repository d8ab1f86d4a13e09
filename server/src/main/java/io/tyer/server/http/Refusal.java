package io.tyer.server.http;

import org.jspecify.annotations.Nullable;

/** A request that cannot be worked on, and why. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  Refusal(Problem problem) {
    this(problem, null);
  }

  private Refusal(Problem problem, @Nullable Exception cause) {
    super(problem.detail(), cause, false, false);
    this.problem = problem;
  }

  static Refusal bad(String detail, Exception cause) {
    return new Refusal(Problem.bad(detail), cause);
  }

  static Refusal bad(String detail) {
    return new Refusal(Problem.bad(detail));
  }

  Problem problem() {
    return problem;
  }
}
