package io.tyer.server.log.ratis;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;

/** Whether the engine's small files are whole. */
final class MetaFormats {

  private static final Pattern TERM = Pattern.compile("[0-9]{1,18}");

  private MetaFormats() {}

  /** A term and a vote, to the end of the last line. */
  static boolean isMeta(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
    return text.endsWith("\n")
        && TERM.matcher(properties.getProperty("term", "")).matches()
        && properties.containsKey("votedFor");
  }

  /** Whether the members that it says are one. */
  static boolean isOneMember(byte[] members) {
    try {
      RaftConfigurationProto said = LogEntryProto.parseFrom(members).getConfigurationEntry();
      return said.getPeersCount() == 1 && said.getOldPeersCount() <= 1;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  /** An entry that says who the members are. */
  static boolean isMembers(byte[] content) {
    try {
      return LogEntryProto.parseFrom(content).hasConfigurationEntry();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
