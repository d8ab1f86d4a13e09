package io.tyer.server.run;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/**
 * Log lines for people. Only a trace follows on lines of its own, none of which begins as others.
 */
final class TextLines extends EncoderBase<ILoggingEvent> {

  private static final byte[] NOTHING = {};

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(200);
    text.append(LogTime.of(event.getTimeStamp())).append(' ').append(event.getLevel()).append(' ');
    text.append(event.getLoggerName()).append(" - ");
    text.append(OneLine.of(event.getFormattedMessage())).append('\n');
    if (event.getThrowableProxy() != null) {
      text.append(Trace.of(event.getThrowableProxy()));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
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
