package io.tyer.torture;

import io.tyer.command.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The whole command, with its processes. Seeds are random unless given, and printed. */
final class Command {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** With these arguments and no others. */
  int run(String... arguments) {
    return new Console("torture", new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new TortureCommand(), arguments);
  }

  /** A run whose files go to this directory. */
  int torture(Path directory, String seed, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", directory.resolve("out").toString()));
    if (!seed.isEmpty()) {
      all.addAll(List.of("--seed", seed));
    }
    int code = run(all.toArray(new String[0]));
    System.out.println(out);
    return code;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** What it has said, for whoever finds its status wrong. */
  String everything() {
    return out + "\n" + err;
  }
}
