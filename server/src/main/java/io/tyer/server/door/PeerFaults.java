package io.tyer.server.door;

import java.util.List;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gRPC's transport warns of is what its peers do wrong: whoever can connect could fill the log
 * with traces. It is said at debug.
 */
final class PeerFaults {

  private static final Logger LOG = LoggerFactory.getLogger(PeerFaults.class);
  private static final String TRANSPORT = "io.grpc.netty.";

  /** Loggers that nobody holds are forgotten, with their filters. */
  private static final List<java.util.logging.Logger> HELD =
      Stream.of("NettyServerHandler", "NettyServerStream", "NettyServerTransport.connections")
          .map(name -> java.util.logging.Logger.getLogger(TRANSPORT + name))
          .toList();

  private PeerFaults() {}

  /** From now on, in this JVM. */
  static void areNoWarnings() {
    HELD.forEach(logger -> logger.setFilter(PeerFaults::tell));
  }

  private static boolean tell(LogRecord record) {
    LOG.debug("{}", record.getMessage(), record.getThrown());
    return false;
  }
}
