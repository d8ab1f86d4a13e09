package io.tyer.server.log.ratis;

import io.tyer.server.replica.MemberInfo;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;

/**
 * Members as the engine knows them; the addresses for clients travel in its configuration, that for
 * plain HTTP as the one for administrators, of which the engine makes no use.
 */
final class Peers {

  private Peers() {}

  static RaftPeer of(MemberInfo member) {
    return RaftPeer.newBuilder()
        .setId(member.id())
        .setAddress(member.peerAddress().isEmpty() ? null : member.peerAddress())
        .setClientAddress(member.clientAddress())
        .setAdminAddress(member.httpAddress().isEmpty() ? null : member.httpAddress())
        .build();
  }

  static MemberInfo of(RaftPeer peer) {
    return new MemberInfo(
        peer.getId().toString(),
        orEmpty(peer.getAddress()),
        orEmpty(peer.getClientAddress()),
        orEmpty(peer.getAdminAddress()));
  }

  private static String orEmpty(@Nullable String address) {
    return address == null ? "" : address;
  }

  static RaftPeerId id(String id) {
    return RaftPeerId.valueOf(id);
  }
}
