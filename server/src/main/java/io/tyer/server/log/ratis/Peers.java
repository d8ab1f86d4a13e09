package io.tyer.server.log.ratis;

import io.tyer.server.replica.MemberInfo;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/** Members as the engine knows them; the address for clients travels in its configuration. */
final class Peers {

  private Peers() {}

  static RaftPeer of(MemberInfo member) {
    return RaftPeer.newBuilder()
        .setId(member.id())
        .setAddress(member.peerAddress())
        .setClientAddress(member.clientAddress())
        .build();
  }

  static MemberInfo of(RaftPeer peer) {
    String clients = peer.getClientAddress();
    return new MemberInfo(
        peer.getId().toString(), peer.getAddress(), clients == null ? "" : clients);
  }

  static RaftPeerId id(String id) {
    return RaftPeerId.valueOf(id);
  }
}
