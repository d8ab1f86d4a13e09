package io.tyer.testkit.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as a line of JSON. Fields that are 0 or empty are left out; tokens are strings, since
 * many readers keep numbers as doubles.
 */
final class EventJson {

  private static final Set<String> FIELDS =
      Set.of(
          "at",
          "process",
          "operation",
          "what",
          "name",
          "weight",
          "capacity",
          "token",
          "validFor",
          "note");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private EventJson() {}

  /** The line, with its end. */
  static byte[] write(Event event) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(160);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("at", event.at());
      json.writeNumberField("process", event.process());
      number(json, "operation", event.operation());
      json.writeStringField("what", event.what().name());
      text(json, "name", event.name());
      number(json, "weight", event.weight());
      number(json, "capacity", event.capacity());
      text(json, "token", event.token() == 0 ? "" : Long.toString(event.token()));
      number(json, "validFor", event.validFor());
      text(json, "note", event.note());
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void number(JsonGenerator json, String field, long value) throws IOException {
    if (value != 0) {
      json.writeNumberField(field, value);
    }
  }

  private static void text(JsonGenerator json, String field, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }

  /**
   * The event in a part of these bytes.
   *
   * @throws IOException if it is no JSON
   * @throws IllegalArgumentException if it is no event
   */
  static Event read(byte[] bytes, int from, int length) throws IOException {
    JsonNode json = JSON.readTree(bytes, from, length);
    if (!json.isObject()) {
      throw new IllegalArgumentException("not an object");
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new IllegalArgumentException("unknown field " + name);
      }
    }
    return new Event(
        number(required(json, "at")),
        integer(required(json, "process")),
        number(json.get("operation")),
        What.valueOf(text(required(json, "what"))),
        text(json.get("name")),
        integer(json.get("weight")),
        integer(json.get("capacity")),
        token(text(json.get("token"))),
        number(json.get("validFor")),
        text(json.get("note")));
  }

  private static JsonNode required(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  private static long number(@Nullable JsonNode value) {
    if (value == null) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("not a whole number: " + value);
    }
    return value.longValue();
  }

  private static int integer(@Nullable JsonNode value) {
    long number = number(value);
    if (number != (int) number) {
      throw new IllegalArgumentException("too big: " + value);
    }
    return (int) number;
  }

  private static String text(@Nullable JsonNode value) {
    if (value == null) {
      return "";
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("not a string: " + value);
    }
    return value.textValue();
  }

  private static long token(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }
}
