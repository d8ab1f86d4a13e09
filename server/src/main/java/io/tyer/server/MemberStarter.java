package io.tyer.server;

import io.tyer.server.log.HeapBound;
import io.tyer.server.log.Member;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerTls;
import io.tyer.server.log.ratis.Ratis;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.ReplicaMeter;
import io.tyer.server.tls.LiveTls;
import io.tyer.spi.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts members that keep their log by Ratis. */
final class MemberStarter implements ReplicaStarter {

  @Override
  public Running start(
      ServerConfig config,
      MemberInfo self,
      Optional<LiveTls> peerTls,
      Surroundings surroundings,
      ReplicaMeter meter)
      throws IOException {
    PrivateDirectory.make(config.directory());
    Path log = config.directory().resolve("log");
    PrivateDirectory.own(log);
    MemberConfig member =
        new MemberConfig(
            log,
            config.cluster(),
            self,
            beginners(config, self),
            peerTls.map(tls -> new PeerTls(tls.keys(), tls.trust().orElseThrow())),
            MemberConfig.ELECTION_TIMEOUT,
            MemberConfig.SNAPSHOT_EVERY,
            config.acceptsLoss(),
            HeapBound.ofThisProcess());
    Member running = Member.start(member, Ratis.engine(), surroundings, meter);
    return new Running(running, running.stopped());
  }

  private static List<MemberInfo> beginners(ServerConfig config, MemberInfo self) {
    if (config.joins()) {
      return List.of();
    }
    return config.members().isEmpty() ? List.of(self) : config.members();
  }
}
