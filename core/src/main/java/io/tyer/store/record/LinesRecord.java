package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the content of a record of kind {@link RecordKey.Kind#LINES} says, for media that keep it in
 * a form of their own, such as columns.
 *
 * @param floor at least every number that a line which is not here has given out; −1 if it is yet
 *     to be drawn
 * @param lines the lines that have tickets, by name
 */
public record LinesRecord(long floor, SortedMap<LockName, Line> lines) {

  /**
   * Keeps a copy of the lines.
   *
   * @throws IllegalArgumentException if a line is empty, or the floor is out of range
   */
  public LinesRecord {
    if (floor < Bucket.UNDRAWN_FLOOR || floor > Ticket.MAX_NUMBER) {
      throw new IllegalArgumentException("the floor " + floor);
    }
    if (floor == Bucket.UNDRAWN_FLOOR && !lines.isEmpty()) {
      throw new IllegalArgumentException("lines without a floor");
    }
    for (Map.Entry<LockName, Line> line : lines.entrySet()) {
      if (line.getValue().isEmpty()) {
        throw new IllegalArgumentException("the line of " + line.getKey() + " is empty");
      }
    }
    lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
  }

  /**
   * Reads the content of such a record.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static LinesRecord of(byte[] content) {
    try {
      Bucket bucket = BucketCodec.decode(content);
      SortedMap<LockName, Line> lines = new TreeMap<>();
      for (StoredLine line : bucket.lines()) {
        lines.put(line.name(), line.line());
      }
      return new LinesRecord(bucket.floor(), lines);
    } catch (MalformedRecordException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The content of the record that says this; the same for equal ones. */
  public byte[] content() {
    List<StoredLine> stored = new ArrayList<>(lines.size());
    lines.forEach((name, line) -> stored.add(StoredLine.of(name, line)));
    return BucketCodec.encode(new Bucket(floor, stored));
  }
}
