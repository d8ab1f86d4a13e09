package io.tyer.store.jdbc;

import io.tyer.line.Line;
import io.tyer.line.LineText;
import io.tyer.line.LockName;
import io.tyer.line.MalformedLineException;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.record.LinesRecord;
import io.tyer.store.record.RecordKey;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The columns that say what a record holds.
 *
 * @param floor of a line's numbers; 0 for all other records
 * @param content a line as {@link LineText} writes it, nothing if it is empty; all other records in
 *     hexadecimal digits
 */
record Row(long floor, String content) {

  private static final HexFormat HEX = HexFormat.of();

  /** The columns for a record's content. */
  static Row of(RecordKey key, byte[] content) {
    if (key.kind() != RecordKey.Kind.LINES) {
      return new Row(0, HEX.formatHex(content));
    }
    LinesRecord lines = LinesRecord.of(content);
    Line line = lines.lines().get(LockName.of(key.id()));
    if (lines.lines().size() != (line == null ? 0 : 1)) {
      throw new IllegalArgumentException("lines of other names in the record of " + key.id());
    }
    return new Row(lines.floor(), line == null ? "" : LineText.write(line));
  }

  /**
   * The record's content.
   *
   * @throws StoreException REFUSED if the columns say nothing that a record can hold
   */
  byte[] content(RecordKey key, String store) throws StoreException {
    try {
      if (key.kind() != RecordKey.Kind.LINES) {
        return HEX.parseHex(content);
      }
      SortedMap<LockName, Line> lines = new TreeMap<>();
      if (!content.isEmpty()) {
        lines.put(LockName.of(key.id()), LineText.read(content));
      }
      return new LinesRecord(floor, lines).content();
    } catch (MalformedLineException e) {
      String why =
          e.newerFormat()
              ? " was written by a newer release; upgrade this client: "
              : " is damaged, or was edited: ";
      throw new StoreException(Kind.REFUSED, describe(key, store) + why + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Kind.REFUSED, describe(key, store) + " is damaged, or was edited: " + e.getMessage(), e);
    }
  }

  private static String describe(RecordKey key, String store) {
    return "the row of " + key.kind() + " '" + key.id() + "' in " + store;
  }
}
