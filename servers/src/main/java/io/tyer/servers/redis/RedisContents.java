package io.tyer.servers.redis;

import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Redis store keeps below a prefix, read by the documented layout of its keys and not with
 * the store's code. Each node is read at one moment; several are not read at the same.
 *
 * <p>A client has a session in each shard that it uses; they are told to be one client's by their
 * owner label, so clients that are to be counted in several shards have different ones.
 */
final class RedisContents {

  /** What the store's keys begin with unless its address says otherwise. */
  static final String USUAL_PREFIX = "tyer";

  private static final String WHO = "[0-9a-f]{32}\\.[0-9]+";
  private static final Pattern TICKET =
      Pattern.compile("[0-9a-f]{32} (?<who>" + WHO + ") .*", Pattern.DOTALL);

  private final String prefix;
  private final Pattern keyPattern;
  private final Pattern inboxPattern;
  private final SortedMap<String, Integer> tickets = new TreeMap<>();

  /** The owner labels of sessions, by shard and session. */
  private final Map<String, Map<String, String>> owners = new TreeMap<>();

  /** Who is in the sorted sets of sessions, by shard. */
  private final Map<String, Set<String>> sessions = new TreeMap<>();

  /** Whose existence something supposes: what to call that, by shard and session. */
  private final List<Supposed> supposed = new ArrayList<>();

  private final List<String> litter = new ArrayList<>();

  private record Supposed(String tag, String who, String what) {}

  /** Reads what is kept below this prefix. */
  RedisContents(String prefix) {
    String quoted = Pattern.quote(prefix);
    this.prefix = prefix;
    this.keyPattern =
        Pattern.compile(
            quoted
                + ":\\{(?<tag>[^}]*)}:(?<what>floor|sessions|session:(?<who>.*)|line:(?<name>.*))",
            Pattern.DOTALL);
    this.inboxPattern = Pattern.compile(quoted + ":\\{(?<tag>[^}]*)}:inbox:(?<who>" + WHO + ")");
  }

  /** Adds the keys that this node serves and the channels to which its clients listen. */
  void addAll(RedisNode node) throws IOException {
    add(node, prefix + ":*");
  }

  /** Adds only the channels, for a node whose keys are another's. */
  void addChannels(RedisNode node) throws IOException {
    add(node, "");
  }

  private void add(RedisNode node, String keys) throws IOException {
    List<?> answer = list(node.ask("EVAL", script(), "0", keys, prefix + ":*"));
    for (Object key : list(answer.get(0))) {
      List<?> parts = list(key);
      addKey((String) parts.get(0), (String) parts.get(1), list(parts.get(2)));
    }
    for (Object channel : list(answer.get(1))) {
      addChannel((String) channel);
    }
  }

  private void addKey(String key, String type, List<?> members) throws IOException {
    Matcher parts = keyPattern.matcher(key);
    if (!parts.matches()) {
      litter.add("key " + key);
      return;
    }
    String what = parts.group("what");
    String name = parts.group("name");
    String who = parts.group("who");
    String tag = parts.group("tag");
    String wanted = what.equals("floor") ? "hash" : who != null ? "hash" : "zset";
    if (!type.equals(wanted)) {
      litter.add("key " + key + " of type " + type);
    } else if (name != null) {
      addLine(tag, name, members);
    } else if (who != null) {
      supposed.add(new Supposed(tag, who, "key " + key));
      members.forEach(
          owner ->
              owners.computeIfAbsent(tag, t -> new TreeMap<>()).put(who, String.valueOf(owner)));
    } else if (what.equals("sessions")) {
      Set<String> here = sessions.computeIfAbsent(tag, t -> new TreeSet<>());
      members.forEach(member -> here.add((String) member));
    }
  }

  private void addLine(String tag, String name, List<?> members) throws IOException {
    int count = 0;
    for (Object member : members) {
      String ticket = (String) member;
      if (ticket.startsWith("H")) {
        continue; // The summary.
      }
      Matcher parts = TICKET.matcher(ticket);
      if (!parts.matches()) {
        throw new IOException("not a ticket in the line of " + name + ": " + ticket);
      }
      supposed.add(
          new Supposed(tag, parts.group("who"), "ticket in the line of " + name + ": " + ticket));
      count++;
    }
    tickets.merge(name, count, Integer::sum);
  }

  private void addChannel(String channel) {
    Matcher parts = inboxPattern.matcher(channel);
    if (parts.matches()) {
      supposed.add(new Supposed(parts.group("tag"), parts.group("who"), "channel " + channel));
    } else {
      litter.add("channel " + channel);
    }
  }

  /** What was added. One session in each of several shards is one, if their owner is the same. */
  Contents contents() {
    Map<String, Integer> most = new TreeMap<>();
    sessions.forEach(
        (tag, here) -> {
          Map<String, Integer> counts = new TreeMap<>();
          Map<String, String> labels = owners.getOrDefault(tag, Map.of());
          // Whose hash is gone, whose owner nobody knows, is counted for itself.
          here.forEach(who -> counts.merge(labels.getOrDefault(who, "? " + who), 1, Integer::sum));
          counts.forEach((owner, count) -> most.merge(owner, count, Math::max));
        });
    int clients = most.values().stream().mapToInt(Integer::intValue).sum();
    Set<String> left = new TreeSet<>(litter);
    for (Supposed one : supposed) {
      if (!sessions.getOrDefault(one.tag(), Set.of()).contains(one.who())) {
        left.add(one.what() + " of no session");
      }
    }
    return new Contents(tickets, clients, List.copyOf(left));
  }

  private static List<?> list(Object answer) throws IOException {
    if (answer instanceof List<?> list) {
      return list;
    }
    throw new IOException("not a list: " + answer);
  }

  private static String script() throws IOException {
    try (InputStream in = RedisContents.class.getResourceAsStream("look.lua")) {
      if (in == null) {
        throw new IOException("look.lua is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
