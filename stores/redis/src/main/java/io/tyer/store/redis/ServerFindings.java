package io.tyer.store.redis;

import io.tyer.spi.Finding;
import java.util.ArrayList;
import java.util.List;

/** What a master's own account of itself (INFO) means for locks. */
final class ServerFindings {

  private static final double FULL = 0.9;

  private final String where;
  private final ServerInfo info;
  private final List<Finding> findings = new ArrayList<>();

  private ServerFindings(String where, ServerInfo info) {
    this.where = where;
    this.info = info;
  }

  /**
   * What there is to say.
   *
   * @param asked how many replicas the address asks for
   * @param failsOver whether somebody makes a replica the master when the master is gone
   */
  static List<Finding> of(String where, ServerInfo info, int asked, boolean failsOver) {
    ServerFindings its = new ServerFindings(where, info);
    its.findings.add(
        Finding.ok("server", where + " is " + info.product() + ", role " + info.field("role")));
    its.eviction();
    its.memory();
    its.persistence();
    its.replicas(asked, failsOver);
    return its.findings;
  }

  private void eviction() {
    String policy = info.field("maxmemory_policy");
    if (!policy.startsWith("allkeys-")) {
      findings.add(
          Finding.ok(
              "eviction", where + " evicts no key of a lock (maxmemory-policy " + policy + ")"));
      return;
    }
    String advice = "set maxmemory-policy to noeviction, or to one of volatile-…";
    if (info.field("maxmemory").equals("0")) {
      findings.add(
          Finding.warning(
              "eviction",
              where + " would evict locks if it had a limit (maxmemory-policy " + policy + ")",
              advice));
    } else {
      findings.add(
          Finding.problem(
              "eviction",
              where
                  + " may evict the keys of locks that are held (maxmemory-policy "
                  + policy
                  + ")",
              advice));
    }
  }

  private void memory() {
    long limit = number("maxmemory");
    long used = number("used_memory");
    if (limit > 0 && used >= limit * FULL) {
      findings.add(
          Finding.warning(
              "memory",
              String.format(
                  "%s uses %d of %d bytes of memory; at the limit no lock can be taken",
                  where, used, limit),
              "raise maxmemory, or keep locks on a server of their own"));
    }
  }

  private void persistence() {
    boolean writes =
        List.of("", "ok").contains(info.field("aof_last_write_status"))
            && List.of("", "ok").contains(info.field("rdb_last_bgsave_status"));
    if (!writes) {
      findings.add(
          Finding.warning(
              "persistence",
              where + " could not write its data the last time it tried; it may refuse changes",
              "see its log and the space on its disk"));
    }
    if (info.field("aof_enabled").equals("1")) {
      findings.add(
          Finding.ok(
              "persistence",
              where
                  + " keeps an append-only file; unless appendfsync is always, a crash of its"
                  + " machine loses the last second"));
    } else {
      findings.add(
          Finding.warning(
              "persistence",
              where
                  + " has no append-only file: a restart loses all since its last snapshot, and a"
                  + " lock that was held may be granted to another; tokens grow all the same",
              "set appendonly yes where that matters"));
    }
  }

  private void replicas(int asked, boolean failsOver) {
    long connected = number("connected_slaves");
    if (asked > connected) {
      findings.add(
          Finding.problem(
              "replicas",
              where + " has " + connected + " replicas, and the address asks for " + asked,
              "lower replicas=, or connect more: until then no lock can be taken"));
    } else if (asked == 0 && (connected > 0 || failsOver)) {
      findings.add(
          Finding.warning(
              "replicas",
              where
                  + " has "
                  + connected
                  + " replicas that are not waited for: a failover may lose grants, so that two"
                  + " hold one lock until the former's session ends; tokens grow all the same",
              "add replicas=1 to the address, or check tokens where it matters"));
    } else {
      findings.add(
          Finding.ok(
              "replicas",
              connected == 0
                  ? where + " has no replicas"
                  : where + " has " + connected + " replicas; " + asked + " are waited for"));
    }
  }

  private long number(String field) {
    try {
      return Long.parseLong(info.field(field));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
