package io.tyer.store.file;

import io.tyer.line.SessionId;
import java.nio.file.Path;

/** A process that listens for hints and says their names. */
final class HintListener {

  private HintListener() {}

  public static void main(String[] args) throws Exception {
    FileMedium medium = Stores.open(Path.of(args[0]));
    AutoCloseable listening =
        medium.listen(
            SessionId.parse(args[1]), hint -> System.out.println(hint == null ? "" : hint.name()));
    System.out.println("ready");
    int unused = System.in.read();
    listening.close();
    medium.close();
    System.out.println("done");
  }
}
