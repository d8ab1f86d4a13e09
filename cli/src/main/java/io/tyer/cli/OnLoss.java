package io.tyer.cli;

/** What becomes of the command when the lease is lost. */
enum OnLoss {
  KILL("TERM, after --grace KILL, before anyone else can be granted the lock; exit 76"),
  TERM("TERM and wait for its end; exit 76"),
  CONTINUE("a warning only; exit with the command's code");

  private final String meaning;

  OnLoss(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  static OnLoss parse(String text) {
    for (OnLoss value : values()) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw Refusal.usage("--on-loss is kill, term or continue, not '" + text + "'");
  }
}
