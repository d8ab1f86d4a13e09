package io.tyer.server.state;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry as bytes. The form is canonical: equal entries have equal bytes, and bytes that are
 * accepted are written again the same. Any bytes may be decoded: they are an entry or are refused,
 * in time and memory that their number justifies.
 *
 * <pre>
 * entry    version (1 byte) | elapsed (varint) | wall (8) | count (varint) | commands
 * command  kind (1 byte) | its parts
 * </pre>
 *
 * An entry is of the lowest version that knows its commands, so that members of the release before
 * can read it: 2 has those of tokens and what is done under a token, 3 has {@link Command.Adopt},
 * {@link Command.RaiseNumbers}, and tokens with the right {@code metrics} or a quota of bytes. What
 * changes how the commands of an earlier version are applied asks which version is adopted.
 */
public final class EntryCodec {

  /** The newest version, which is that of the behaviour that goes with it. */
  public static final int VERSION = 3;

  private EntryCodec() {}

  /** The bytes of the entry. */
  public static byte[] encode(Entry entry) {
    WireOut out = new WireOut();
    out.put(format(entry)).putVarint(entry.elapsedMillis()).putFixed(entry.wallMillis());
    out.putVarint(entry.commands().size());
    for (Command command : entry.commands()) {
      CommandCodec.put(out, command);
    }
    return out.toBytes();
  }

  /** The first version that knows this command: members that have not adopted it may be older. */
  public static int version(Command command) {
    return CommandCodec.format(command);
  }

  private static int format(Entry entry) {
    return entry.commands().stream().mapToInt(CommandCodec::format).max().orElse(1);
  }

  /**
   * The entry of which these are the bytes, all of them.
   *
   * @throws MalformedEntryException if they are not, or a newer release wrote them
   */
  public static Entry decode(byte[] bytes) throws MalformedEntryException {
    WireIn in = new WireIn(bytes);
    try {
      int version = in.get();
      if (version > VERSION) {
        throw MalformedEntryException.newer(version, VERSION);
      }
      if (version < 1) {
        throw new IllegalArgumentException("there is no format " + version);
      }
      Entry entry = getEntry(in, version);
      if (format(entry) != version) {
        throw new IllegalArgumentException("format " + version + " without need");
      }
      return entry;
    } catch (IllegalArgumentException e) {
      throw MalformedEntryException.malformed(String.valueOf(e.getMessage()), e);
    }
  }

  private static Entry getEntry(WireIn in, int version) {
    long elapsed = in.getVarint();
    long wall = in.getFixed();
    int count = in.getCount(1);
    // A command takes many times as much memory as the byte that may be all there is of it.
    List<Command> commands = new ArrayList<>(Math.min(count, 1_024));
    for (int i = 0; i < count; i++) {
      commands.add(CommandCodec.get(in, version));
    }
    in.end();
    return new Entry(elapsed, wall, commands);
  }
}
