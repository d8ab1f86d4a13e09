package io.tyer.store.zookeeper;

import io.tyer.store.network.HostPort;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.X509Exception;

/** Asks members how they are, by the word that all of them answer unless it is forbidden. */
final class Members {

  private static final long SHORTEST_MILLIS = 100;

  private final ZooKeeperAddress address;
  private final ZKClientConfig config;

  Members(ZooKeeperAddress address, ZKClientConfig config) {
    this.address = address;
    this.config = config;
  }

  /** How a member is. */
  enum State {
    SERVES,
    READ_ONLY,
    /** It has no leader. */
    WAITS,
    /** It says nothing of itself. */
    SILENT,
    /** Nobody listens there, or who does hangs up at once, or there is no such host. */
    ABSENT,
    NO_ANSWER
  }

  /**
   * What a member said.
   *
   * @param words that name it
   * @param text all that it said
   */
  record Said(State state, String words, String text) {

    /** What a line {@code FIELD: VALUE} says; empty if there is none. */
    String field(String name) {
      return text.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Asks all, one after the other. Blocks. */
  Map<HostPort, Said> ask(Duration limit) {
    Map<HostPort, Said> said = new LinkedHashMap<>();
    int each = (int) Math.max(SHORTEST_MILLIS, limit.toMillis() / address.servers().size());
    address.servers().forEach(server -> said.put(server, ask(server, each)));
    return said;
  }

  private Said ask(HostPort server, int millis) {
    try {
      String text =
          FourLetterWordMain.send4LetterWord(server.host(), server.port(), "srvr", config, millis);
      Said raw = new Said(State.SILENT, server + " says nothing of itself", text);
      if (text.contains("not currently serving")) {
        return new Said(
            State.WAITS, server + " serves nobody: it has no leader, for want of members", text);
      }
      if (text.isEmpty()) {
        return new Said(State.ABSENT, server + " hangs up", "");
      }
      return switch (raw.field("mode").toLowerCase(Locale.ROOT)) {
        case "" -> raw;
        case "read-only" ->
            new Said(
                State.READ_ONLY,
                server + " is read-only, since it has lost most of the other members",
                text);
        default -> new Said(State.SERVES, server + " serves", text);
      };
    } catch (SocketException e) {
      // Refused, or reset at once.
      return new Said(State.ABSENT, server + ": " + e.getMessage(), "");
    } catch (UnknownHostException e) {
      return new Said(State.ABSENT, server + ": there is no host of this name", "");
    } catch (SSLException e) {
      return new Said(
          State.NO_ANSWER,
          server
              + ": TLS failed ("
              + innermost(e)
              + "); see tls-ca, tls-cert and tls-verify, and whether this is a secureClientPort",
          "");
    } catch (IOException | X509Exception.SSLContextException e) {
      return new Said(State.NO_ANSWER, server + ": " + innermost(e), "");
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** What they said, for a message. */
  static String words(Map<HostPort, Said> said) {
    List<String> words = new ArrayList<>();
    said.values().forEach(one -> words.add(one.words()));
    return String.join("; ", words);
  }

  /** Whether it is of no use to wait for any of them. */
  static boolean areAbsent(Map<HostPort, Said> said) {
    return said.values().stream().allMatch(one -> one.state() == State.ABSENT);
  }
}
