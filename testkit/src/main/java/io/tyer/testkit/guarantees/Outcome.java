package io.tyer.testkit.guarantees;

/**
 * How a behaviour came out on a store.
 *
 * @param reason why it was skipped; empty otherwise
 */
record Outcome(Kind kind, String reason) {

  /** From the worst to the best. */
  enum Kind {
    FAILED,
    /** The machine lacks something. */
    SKIPPED_HERE,
    /** The store cannot have it, on whatever machine. */
    NOT_APPLICABLE,
    PASSED
  }

  private static final String NOT_APPLICABLE = "not applicable: ";

  /** From the words of a results file. */
  static Outcome of(String outcome, String reason) {
    return switch (outcome) {
      case "passed" -> new Outcome(Kind.PASSED, "");
      case "failed" -> new Outcome(Kind.FAILED, "");
      case "skipped" -> skipped(reason);
      default -> throw new IllegalArgumentException("no outcome: " + outcome);
    };
  }

  private static Outcome skipped(String reason) {
    int at = reason.indexOf(NOT_APPLICABLE);
    return at < 0
        ? new Outcome(Kind.SKIPPED_HERE, reason)
        : new Outcome(Kind.NOT_APPLICABLE, reason.substring(at + NOT_APPLICABLE.length()).strip());
  }

  /** A behaviour that ran several times came out as the worst of them. */
  static Outcome worse(Outcome one, Outcome other) {
    return one.kind.compareTo(other.kind) <= 0 ? one : other;
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }
}
