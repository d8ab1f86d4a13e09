package io.tyer.cli;

import io.tyer.command.Refusal;

/** What becomes of the command when the lease is lost. */
enum OnLoss {
  KILL,
  TERM,
  CONTINUE;

  static OnLoss parse(String text) {
    for (OnLoss value : values()) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw Refusal.usage("--on-loss is kill, term or continue, not '" + text + "'");
  }
}
