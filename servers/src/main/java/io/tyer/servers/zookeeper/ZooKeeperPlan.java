package io.tyer.servers.zookeeper;

import io.tyer.servers.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a member is started with, and how it is reached.
 *
 * @param directory where its configuration is, and what it prints is kept
 * @param data where it keeps its log and snapshots
 * @param id its number in the ensemble, from 1
 * @param host where it is reached by clients and the others
 * @param port where it listens for clients; that 10000 above it is for the leader's followers
 * @param election where it listens when a leader is elected
 * @param runOn what a command begins with to be run on its host; empty for this one
 * @param settings lines of its configuration beyond those of all
 * @param java the options of its JVM
 * @param environment beyond that of this JVM
 */
record ZooKeeperPlan(
    Path directory,
    Path data,
    int id,
    String host,
    int port,
    int election,
    List<String> runOn,
    List<String> settings,
    List<String> java,
    Map<String, String> environment) {

  /** So that what takes a few ticks takes moments. */
  static final Duration TICK = Duration.ofMillis(50);

  /** Many short JVMs share a machine: they compile lightly. */
  static final List<String> LIGHT =
      List.of(
          "-Xmx160m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // A log file begins with so many KB, which a small disk has not.
          "-Dzookeeper.preAllocSize=256",
          // Empty containers go within moments, not within a minute.
          "-Dznode.container.checkIntervalMs=50");

  /** As long as ZooKeeper's client can count with. */
  private static final Duration LONGEST_SESSION = Duration.ofDays(6);

  /** The port that {@link Ports} keeps for the same server. */
  private static final int PEER = 10_000;

  /** In ticks, as all that follows: a busy machine is not a broken one. */
  private static final int MEET_WITHIN = 400;

  private static final int KEEP_UP_WITHIN = 100;

  private static final String MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

  /** On this host, with a tick so short that sessions of a second can be had. */
  static ZooKeeperPlan here(
      Path directory, int id, List<String> settings, Map<String, String> environment)
      throws IOException {
    return new ZooKeeperPlan(
        directory,
        directory.resolve("data"),
        id,
        "127.0.0.1",
        Ports.take(),
        Ports.take(),
        List.of(),
        settings,
        LIGHT,
        environment);
  }

  /** The same in a JVM with these options. */
  ZooKeeperPlan in(List<String> options) {
    return new ZooKeeperPlan(
        directory, data, id, host, port, election, runOn, settings, options, environment);
  }

  /** For the others' configurations. */
  private String asMember() {
    return "server." + id + "=" + host + ":" + (port + PEER) + ":" + election;
  }

  /** Writes its configuration. */
  void write(List<ZooKeeperPlan> members) throws IOException {
    Files.createDirectories(directory);
    Files.createDirectories(data);
    List<String> lines = new ArrayList<>();
    lines.add("tickTime=" + TICK.toMillis());
    lines.add("minSessionTimeout=1000");
    lines.add("maxSessionTimeout=" + LONGEST_SESSION.toMillis());
    lines.add("dataDir=" + data);
    lines.add("clientPortAddress=" + host);
    lines.add("clientPort=" + port);
    lines.add("maxClientCnxns=0");
    lines.add("admin.enableServer=false");
    lines.add("initLimit=" + MEET_WITHIN);
    lines.add("syncLimit=" + KEEP_UP_WITHIN);
    if (members.size() > 1) {
      members.forEach(member -> lines.add(member.asMember()));
      Files.writeString(data.resolve("myid"), Integer.toString(id));
    }
    for (String setting : settings) {
      String key = setting.substring(0, setting.indexOf('=') + 1);
      lines.removeIf(line -> line.startsWith(key));
      lines.add(setting);
    }
    Files.write(directory.resolve("zoo.cfg"), lines);
  }

  /** What starts it. */
  List<String> command() {
    List<String> command = new ArrayList<>(runOn);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dzookeeper.jmx.log4j.disable=true",
            "-Dzookeeper.admin.enableServer=false",
            "-Dzookeeper.fastleader.maxNotificationInterval=1000",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            directory.resolve("zoo.cfg").toString()));
    return command;
  }

  /** Gives back the ports that are not given back with its process. */
  void giveBack() {
    Ports.giveBack(election);
  }
}
