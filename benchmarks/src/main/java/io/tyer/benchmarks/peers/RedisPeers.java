package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.floors.LettuceBatons;
import io.tyer.benchmarks.floors.LettuceLines;
import io.tyer.benchmarks.floors.LettuceScripts;
import io.tyer.benchmarks.floors.StoreRequests;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.Set;

/** What the Redis store is measured beside: other libraries, and the least that any could cost. */
public final class RedisPeers implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public RedisPeers() {}

  @Override
  public Set<String> schemes() {
    return Set.of(
        "lettuce",
        "lettuce-line",
        "lettuce-batons",
        "redis-requests",
        "redisson",
        "redisson-fair",
        "redisson-fenced",
        "spring-redis",
        "spring-redis-spin",
        "shedlock-redis");
  }

  @Override
  public Subject subject(Address address) {
    return switch (address.scheme()) {
      case "lettuce" -> new LettuceScripts(address);
      case "lettuce-line" -> new LettuceLines(address);
      case "lettuce-batons" -> new LettuceBatons(address);
      case "redis-requests" -> new StoreRequests(address, "redis");
      case "redisson" -> new RedissonLocks(address, RedissonLocks.Kind.PLAIN);
      case "redisson-fair" -> new RedissonLocks(address, RedissonLocks.Kind.FAIR);
      case "redisson-fenced" -> new RedissonLocks(address, RedissonLocks.Kind.FENCED);
      case "spring-redis" -> new SpringRedisLocks(address, false);
      case "spring-redis-spin" -> new SpringRedisLocks(address, true);
      case "shedlock-redis" -> new ShedLocks(address);
      default -> throw new IllegalArgumentException(address.toString());
    };
  }
}
