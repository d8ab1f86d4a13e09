package io.tyer.servers.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who serves which slots, as one node of a cluster sees it.
 *
 * @param ok whether that node takes the cluster for one that can serve
 * @param members all nodes that it knows, itself included
 */
record ClusterView(boolean ok, List<Member> members) {

  static final int SLOTS = 16_384;

  /**
   * A node that is known.
   *
   * @param port of 127.0.0.1
   * @param myself whether it is the one that was asked
   */
  record Member(String id, int port, boolean myself, BitSet slots) {}

  /** What this node sees. */
  static ClusterView of(RedisNode node) throws IOException {
    String state = Nodes.field((String) node.ask("CLUSTER", "INFO"), "cluster_state");
    List<Member> members = new ArrayList<>();
    for (String line : ((String) node.ask("CLUSTER", "NODES")).lines().toList()) {
      members.add(member(line));
    }
    return new ClusterView(state.equals("ok"), members);
  }

  /** From a line {@code ID HOST:PORT@BUS FLAGS MASTER PING PONG EPOCH LINK SLOT...}. */
  private static Member member(String line) throws IOException {
    String[] parts = line.split(" ", -1);
    if (parts.length < 8) {
      throw new IOException("not a line of CLUSTER NODES: " + line);
    }
    String address = parts[1];
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1, address.indexOf('@')));
    BitSet slots = new BitSet(SLOTS);
    for (int i = 8; i < parts.length; i++) {
      if (!parts[i].isEmpty() && !parts[i].startsWith("[")) { // Those in brackets are on the move.
        int dash = parts[i].indexOf('-');
        int first = Integer.parseInt(dash < 0 ? parts[i] : parts[i].substring(0, dash));
        int last = Integer.parseInt(parts[i].substring(dash + 1));
        slots.set(first, last + 1);
      }
    }
    return new Member(parts[0], port, List.of(parts[2].split(",", -1)).contains("myself"), slots);
  }

  /** The one that was asked. */
  Member myself() throws IOException {
    return members.stream()
        .filter(Member::myself)
        .findFirst()
        .orElseThrow(() -> new IOException("a node that does not know itself"));
  }

  /** Who serves this slot. */
  Optional<Member> ownerOf(int slot) {
    return members.stream().filter(member -> member.slots().get(slot)).findFirst();
  }

  /** The ports of those who serve each slot, 0 for none. */
  List<Integer> owners() {
    List<Integer> owners = new ArrayList<>(Collections.nCopies(SLOTS, 0));
    for (Member member : members) {
      member.slots().stream().forEach(slot -> owners.set(slot, member.port()));
    }
    return owners;
  }
}
