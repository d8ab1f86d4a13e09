package io.tyer.store.redis;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.SessionEvents;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is published to a session: {@code g REQUEST NUMBER NAME} granted, {@code r NAME}
 * recalled, {@code c NAME} changed, {@code e} ended, {@code o} opened.
 */
final class SessionInbox implements Inboxes.Inbox {

  private static final Logger log = LoggerFactory.getLogger(SessionInbox.class);

  private final SessionEvents events;

  SessionInbox(SessionEvents events) {
    this.events = events;
  }

  @Override
  public void gap() {
    events.changedAnywhere();
  }

  @Override
  public void message(byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    try {
      read(text);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // A hint that cannot be read is a hint lost.
      log.debug("a message that no script of this version sends", e);
    }
  }

  private void read(String text) {
    switch (text.charAt(0)) {
      case 'g' -> {
        String[] fields = text.split(" ", 4);
        events.granted(
            LockName.of(fields[3]), RequestId.parse(fields[1]), Long.parseLong(fields[2]));
      }
      case 'r' -> events.recalled(LockName.of(text.substring(2)));
      case 'c' -> events.changed(LockName.of(text.substring(2)));
      case 'e' -> events.ended("its time was over");
      default -> {}
    }
  }
}
