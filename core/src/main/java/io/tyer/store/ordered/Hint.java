package io.tyer.store.ordered;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.spi.SessionEvents;

/** What one session tells another: a letter, then the name of the lock that it is about. */
enum Hint {
  /** Somebody waits behind a ticket that may merely be kept. */
  RECALLED('r'),
  /** An operator has marked or removed a ticket. */
  CHANGED('c');

  private final char letter;

  Hint(char letter) {
    this.letter = letter;
  }

  byte[] about(LockName name) {
    return (letter + name.text()).getBytes(UTF_8);
  }

  /** Passes on what was told; of what is not understood, that anything may have changed. */
  static void pass(byte[] told, SessionEvents events) {
    String text = new String(told, UTF_8);
    LockName name;
    try {
      name = LockName.of(text.substring(Math.min(1, text.length())));
    } catch (IllegalArgumentException e) {
      events.changedAnywhere();
      return;
    }
    if (text.charAt(0) == RECALLED.letter) {
      events.recalled(name);
    } else if (text.charAt(0) == CHANGED.letter) {
      events.changed(name);
    } else {
      events.changedAnywhere();
    }
  }
}
