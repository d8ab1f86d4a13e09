package io.tyer.server.http;

import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The fields of a request's body. Whatever is not known, or of another type, is refused. */
final class Fields {

  private static final String ONE_OBJECT =
      "the body is one JSON object, such as {\"ttlMillis\": 15000}, with each field once";

  private final JsonObject object;

  private Fields(JsonObject object) {
    this.object = object;
  }

  /**
   * Reads a body; an empty one has no fields.
   *
   * @param known the fields that there may be
   * @throws Refusal saying what would be right
   */
  static Fields parse(Buffer body, List<String> known) {
    if (body.length() == 0) {
      return new Fields(new JsonObject());
    }
    try (JsonParser parser = JacksonCodec.createParser(body)) {
      // Of two fields with one name, whoever looked at the body before may have read the other.
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (!(JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject object)) {
        throw Refusal.bad(ONE_OBJECT);
      }
      return of(object, known);
    } catch (DecodeException | IOException e) {
      throw Refusal.bad(ONE_OBJECT, e);
    }
  }

  private static Fields of(JsonObject object, List<String> known) {
    for (String name : object.fieldNames()) {
      if (!known.contains(name)) {
        throw Refusal.bad(
            "the body has a field that is not known here; known are: " + String.join(", ", known));
      }
    }
    return new Fields(object);
  }

  boolean has(String name) {
    return object.getValue(name) != null;
  }

  Optional<String> text(String name) {
    Object value = object.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw Refusal.bad(name + " is a text, in quotation marks");
  }

  long number(String name, long least, long most, long otherwise) {
    Object value = object.getValue(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Refusal.bad(name + " is a whole number from " + least + " to " + most);
  }

  void flag(String name) {
    Object value = object.getValue(name);
    if (value != null && !(value instanceof Boolean)) {
      throw Refusal.bad(name + " is true or false");
    }
  }
}
