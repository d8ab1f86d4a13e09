package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** The engine's settings. */
final class Settings {

  /** One entry is never larger: the batcher stays well below. */
  private static final SizeInBytes APPEND_MAX = SizeInBytes.valueOf("4MB");

  /** Entries kept behind a snapshot, so that a member that lags a little needs no snapshot. */
  private static final long KEPT_BEHIND_SNAPSHOT = 1_000;

  private static final long STEP_DOWN_MILLIS = 3_000;
  private static final long JOIN_MILLIS = 30_000;

  private Settings() {}

  static RaftProperties of(MemberConfig config) {
    RaftProperties p = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(p, List.of(config.directory().toFile()));
    if (config.isAlone()) {
      RaftConfigKeys.Rpc.setType(p, new NoNetwork());
    } else {
      HostPort address = HostPort.parse(config.self().peerAddress());
      RaftConfigKeys.Rpc.setType(p, SupportedRpcType.GRPC);
      GrpcConfigKeys.Server.setHost(p, address.host());
      GrpcConfigKeys.Server.setPort(p, address.port());
    }
    times(p, config);
    log(p, config);
    return p;
  }

  private static void times(RaftProperties p, MemberConfig config) {
    long election = config.electionTimeout().toMillis();
    RaftServerConfigKeys.Rpc.setTimeoutMin(p, millis(election));
    RaftServerConfigKeys.Rpc.setTimeoutMax(p, millis(2 * election));
    boolean alone = config.initialMembers().size() == 1;
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(p, millis(alone ? 1 : election));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(p, millis(alone ? 10 : 2 * election));
    // Two things in one: after how long a pause a leader gives up unasked, and how long one that
    // lost the others waits until it stands again.
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p, millis(STEP_DOWN_MILLIS));
    // A member that joins may be silent while it loads a large snapshot.
    RaftServerConfigKeys.setStagingTimeout(p, millis(JOIN_MILLIS));
    // Nobody relies on the engine's memory of requests.
    RaftServerConfigKeys.RetryCache.setExpiryTime(p, millis(1000));
    // A pause is no reason to stop: what happened meanwhile is found out from the others.
    RaftServerConfigKeys.setCloseThreshold(p, TimeDuration.valueOf(10_000, TimeUnit.DAYS));
  }

  private static void log(RaftProperties p, MemberConfig config) {
    RaftServerConfigKeys.Log.setLogMetadataEnabled(p, false);
    // Each append in the thread that brings it. The other way, a chain of futures, starts a thread
    // for each where there are two processors, and one that fails has all later ones fail, too.
    RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(p, false);
    RaftServerConfigKeys.Log.setSegmentSizeMax(p, ofHeap(32, 8));
    RaftServerConfigKeys.Log.setPreallocatedSize(p, SizeInBytes.valueOf("4MB"));
    // What followers lag behind is read again from the disk; so many are read at the start. Whoever
    // is told to stop while it drops any may hang (Ending), and each change of the lead adds one.
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(p, 4);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(p, ofHeap(16, 32));
    RaftServerConfigKeys.Log.setCorruptionPolicy(
        p, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(p, APPEND_MAX);
    RaftServerConfigKeys.Log.Appender.setWaitTimeMin(p, millis(0));
    // How long a member that was away is kept waiting when it is back.
    RaftServerConfigKeys.Log.Appender.setRetryPolicy(p, "10ms,20, 200ms,1000000000");
    // Snapshots are begun by our own count, since they are written in the background.
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(p, false);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(p, 2);
    // One member that is away does not make the others' logs grow for ever.
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(p, true);
    RaftServerConfigKeys.Log.setPurgePreservationLogNum(
        p, config.isAlone() ? 0 : Math.min(KEPT_BEHIND_SNAPSHOT, config.snapshotEvery()));
    RaftServerConfigKeys.Log.setPurgeGap(p, 1);
  }

  /** What is kept in memory of the log is a part of a small heap; and an entry of 4 MB fits it. */
  private static SizeInBytes ofHeap(int part, int mostMegabytes) {
    long bytes = Runtime.getRuntime().maxMemory() / part;
    return SizeInBytes.valueOf(
        Math.min((long) mostMegabytes << 20, Math.max(APPEND_MAX.getSize(), bytes)));
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
