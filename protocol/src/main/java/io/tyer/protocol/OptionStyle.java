package io.tyer.protocol;

/** How options are written where a message tells of them. */
public enum OptionStyle {
  /** In a store's address: {@code tls-ca}. */
  ADDRESS("", "plaintext=true"),
  /** On a command line: {@code --tls-ca}. */
  COMMAND_LINE("--", "--plaintext");

  private final String before;
  private final String plaintext;

  OptionStyle(String before, String plaintext) {
    this.before = before;
    this.plaintext = plaintext;
  }

  String of(String option) {
    return before + option;
  }

  String plaintext() {
    return plaintext;
  }
}
