package io.tyer.store.record;

import io.tyer.line.MalformedLineException;
import io.tyer.spi.StoreException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What was read is not a record of its kind, or is one of a newer release. */
final class MalformedRecordException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean newerFormat;

  private MalformedRecordException(String message, boolean newerFormat, @Nullable Throwable cause) {
    super(message, cause);
    this.newerFormat = newerFormat;
  }

  static MalformedRecordException malformed(String what) {
    return malformed(what, null);
  }

  static MalformedRecordException malformed(String what, @Nullable Throwable cause) {
    return new MalformedRecordException(what, false, cause);
  }

  static MalformedRecordException newer(int found, int known) {
    return new MalformedRecordException(
        "it has format " + found + ", this release reads formats up to " + known, true, null);
  }

  static MalformedRecordException of(MalformedLineException line) {
    return new MalformedRecordException(
        String.valueOf(line.getMessage()), line.newerFormat(), line);
  }

  /** Whether a newer release wrote it, so that upgrading helps. */
  boolean newerFormat() {
    return newerFormat;
  }

  /** What the request that met the record answers: trying again is of no use. */
  StoreException refused(RecordKey key, String store) {
    String record = "record " + Records.nameOf(key) + " of " + store;
    String why =
        newerFormat
            ? record + " was written by a newer release; upgrade this client: "
            : record + " is damaged, or is none of Tyer's: ";
    return new StoreException(StoreException.Kind.REFUSED, why + getMessage(), this);
  }
}
