package io.tyer.server.log.ratis;

import io.tyer.server.log.LogEngine;

/** Apache Ratis as the engine of a replicated log. */
public final class Ratis {

  private Ratis() {}

  /** Opens logs by Ratis, whose members talk to each other by gRPC. */
  public static LogEngine engine() {
    return RatisLog::open;
  }
}
