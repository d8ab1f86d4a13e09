package io.tyer.server.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON for programs, each value on one line. */
final class Json {

  private static final JsonFactory JSON = new JsonFactory();

  private Json() {}

  /** What is written, and the line's end. */
  static String line(Writing writing) {
    StringWriter text = new StringWriter(400);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** Writes one value. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }
}
