package io.tyer.testkit.torture;

/** What a worker tells whoever runs it, beside its history. For any number of threads. */
interface Reports {

  /** A client was opened; the text is its number in the history. */
  String OPENED = "opened";

  /** A client was closed; the text is its number in the history. */
  String CLOSED = "closed";

  /** Something happened that nothing in the API's documentation allows; the text says what. */
  String UNEXPECTED = "unexpected";

  /** Threads of Tyer, or sockets, that are left after all clients were closed. */
  String LEAKED = "leaked";

  /** Everything is finished. */
  String DONE = "done";

  /** Says something. */
  void say(String word, String text);

  /** Keeps a stack trace for whoever looks into the log. */
  void trace(Throwable thrown);
}
