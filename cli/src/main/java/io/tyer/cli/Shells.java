package io.tyer.cli;

import io.tyer.command.Refusal;

/** Shells that there is a completion for. */
enum Shells {
  BASH,
  ZSH;

  static Shells parse(String text) {
    for (Shells value : values()) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw Refusal.usage("there is a completion for bash and zsh, not for '" + text + "'");
  }
}
