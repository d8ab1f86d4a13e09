package io.tyer.servers.tyer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a member is started with, and how it is reached.
 *
 * @param directory where it works, and what it prints is kept
 * @param data where it keeps its log
 * @param id its name in the group
 * @param host where it is reached by clients and the others
 * @param port where it listens for clients
 * @param http where it listens for those that speak plain HTTP; 0 for nowhere
 * @param runOn what a command begins with to be run on its host; empty for this one
 * @param java the options of its JVM
 * @param environment beyond that of this JVM
 */
record MemberPlan(
    Path directory,
    Path data,
    String id,
    String host,
    int port,
    int http,
    List<String> runOn,
    List<String> java,
    Map<String, String> environment) {

  /** Many short JVMs share a machine: they compile lightly. */
  static final List<String> LIGHT =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** The port that {@link io.tyer.servers.process.Ports} keeps for the same server. */
  private static final int PEER = 10_000;

  /** On this host. */
  static MemberPlan here(
      Path directory, String id, int port, int http, Map<String, String> environment) {
    return new MemberPlan(
        directory,
        directory.resolve("data"),
        id,
        "127.0.0.1",
        port,
        http,
        List.of(),
        LIGHT,
        environment);
  }

  /** The same in a JVM with these options. */
  MemberPlan in(List<String> options) {
    return new MemberPlan(directory, data, id, host, port, http, runOn, options, environment);
  }

  /** For whoever starts the group: ID=PEER/CLIENT, and /HTTP if it has that. */
  String asMember() {
    String door = http == 0 ? "" : "/" + host + ":" + http;
    return id + "=" + host + ":" + (port + PEER) + "/" + host + ":" + port + door;
  }

  /** What starts it. */
  List<String> command(Access access, List<String> members) {
    List<String> command = new ArrayList<>(runOn);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            MemberProcess.class.getName(),
            data.toString(),
            id,
            access.argument()));
    command.addAll(members);
    return command;
  }
}
