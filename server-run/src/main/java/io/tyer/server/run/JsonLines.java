package io.tyer.server.run;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Log lines for programs: an object each. */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  private static final byte[] NOTHING = {};

  @Override
  public byte[] encode(ILoggingEvent event) {
    return Json.line(json -> write(json, event)).getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, ILoggingEvent event) throws IOException {
    json.writeStartObject();
    json.writeStringField("time", LogTime.of(event.getTimeStamp()));
    json.writeStringField("level", event.getLevel().toString());
    json.writeStringField("logger", event.getLoggerName());
    json.writeStringField("thread", event.getThreadName());
    json.writeStringField("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      json.writeStringField("exception", Trace.of(event.getThrowableProxy()));
    }
    json.writeEndObject();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
