package io.tyer.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the processes of a command write for each other. They are of one class path, and start often
 * enough for anything richer to be felt.
 */
final class Message {

  private Message() {}

  static void write(Path file, Serializable message) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(message);
    }
  }

  static <T> T read(Path file, Class<T> type) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        ObjectInputStream objects = new ObjectInputStream(in)) {
      return type.cast(objects.readObject());
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }
}
