package io.tyer.benchmarks.server;

/**
 * What a server has used and done.
 *
 * @param cpuNanos CPU time
 * @param commands those that it ran, by themselves and within scripts; 0 if it does not tell
 * @param scripts how many of them were calls of scripts
 */
public record ServerUse(double cpuNanos, double commands, double scripts) {

  public ServerUse since(ServerUse earlier) {
    return new ServerUse(
        cpuNanos - earlier.cpuNanos, commands - earlier.commands, scripts - earlier.scripts);
  }
}
