package io.tyer.servers.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the etcd store keeps below its usual path, read by the documented layout of its keys and not
 * with the store's code; all of it at one revision.
 */
final class EtcdContents {

  private static final ByteString FROM = ByteString.copyFromUtf8("/tyer/");

  /** The byte after a slash. */
  private static final ByteString TO = ByteString.copyFromUtf8("/tyer0");

  private static final Pattern KEY =
      Pattern.compile(
          "/tyer/(lines/(?<name>[^/]+)/(?<node>[^/]+)"
              + "|sessions/(?<who>[0-9a-f]+)/(?<what>owner|inbox))");

  private final SortedMap<String, Integer> tickets = new TreeMap<>();
  private final Set<String> sessions = new TreeSet<>();
  private final Set<String> inboxes = new TreeSet<>();
  private final List<String> litter = new ArrayList<>();

  private EtcdContents() {}

  static Contents of(EtcdNode node) throws IOException {
    RangeRequest all = RangeRequest.newBuilder().setKey(FROM).setRangeEnd(TO).build();
    RangeResponse found =
        node.call(channel -> EtcdNode.within(KVGrpc.newBlockingStub(channel)).range(all));
    EtcdContents contents = new EtcdContents();
    found.getKvsList().forEach(contents::add);
    return contents.contents();
  }

  private void add(KeyValue pair) {
    String key = pair.getKey().toStringUtf8();
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      litter.add("key " + key);
      return;
    }
    if (pair.getLease() == 0) {
      litter.add("key " + key + " without a lease");
    }
    String name = parts.group("name");
    if (name != null) {
      // A plus is a plus here.
      String decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      tickets.merge(decoded, 1, Integer::sum);
    } else {
      (parts.group("what").equals("owner") ? sessions : inboxes).add(parts.group("who"));
    }
  }

  private Contents contents() {
    inboxes.stream()
        .filter(who -> !sessions.contains(who))
        .forEach(who -> litter.add("inbox of no session " + who));
    return new Contents(tickets, sessions.size(), litter);
  }
}
