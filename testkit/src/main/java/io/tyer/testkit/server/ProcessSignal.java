package io.tyer.testkit.server;

import java.io.IOException;

/** Signals to a server that is one process. */
enum ProcessSignal {
  STOP,
  CONT;

  void send(long pid) throws IOException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s " + name() + " " + pid).inheritIO().start();
    int status = kill.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("kill -" + name() + " " + pid + " failed with status " + status);
    }
  }
}
