package io.tyer.server;

import io.tyer.server.log.Member;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerTls;
import io.tyer.server.log.ratis.Ratis;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.tls.LiveTls;
import io.tyer.spi.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts a member whose log is kept by Ratis. */
final class MemberStarter implements ReplicaStarter {

  @Override
  public Running start(
      ServerConfig config, MemberInfo self, Optional<LiveTls> peerTls, Surroundings surroundings)
      throws IOException {
    List<MemberInfo> begins =
        config.joins() || !config.members().isEmpty() ? config.members() : List.of(self);
    MemberConfig member =
        new MemberConfig(
            config.directory().resolve("log"),
            config.cluster(),
            self,
            begins,
            peerTls.flatMap(MemberStarter::mutual),
            MemberConfig.ELECTION_TIMEOUT,
            MemberConfig.SNAPSHOT_EVERY);
    Member started = Member.start(member, Ratis.engine(), surroundings);
    return new Running(started, started.stopped());
  }

  private static Optional<PeerTls> mutual(LiveTls tls) {
    return tls.trust().map(trust -> new PeerTls(tls.keys(), trust));
  }
}
