package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes of this host. */
enum Signal {
  STOP,
  CONT,
  KILL;

  void send(long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s " + name() + " " + pid)
            .redirectErrorStream(true)
            .start();
    String said =
        new String(kill.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("kill -" + name() + " " + pid + " failed: " + said.strip());
    }
  }
}
