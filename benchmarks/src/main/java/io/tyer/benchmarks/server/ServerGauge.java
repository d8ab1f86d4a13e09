package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.io.IOException;

/** Asks a server about itself, without being counted. */
public interface ServerGauge extends AutoCloseable {

  /** Of the server of this address. */
  static ServerGauge at(Address place) throws IOException {
    return ServerKind.of(place).gauge(place);
  }

  /** What it is, in which version, and with which settings that matter. */
  String version() throws IOException;

  /** What the server has used since it started. */
  ServerUse use() throws IOException;

  /** Whether it tells how many commands it ran. */
  boolean countsCommands();

  @Override
  void close() throws IOException;
}
