package io.tyer.store.zookeeper;

import java.nio.file.Path;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.jspecify.annotations.Nullable;

/**
 * What ZooKeeper's client is told beyond its system properties, by which a user configures SASL.
 */
final class ClientConfig {

  /** A line of 10,000 tickets is a megabyte, and there may be as many names of lines. */
  private static final int LONGEST_ANSWER = 64 << 20;

  private ClientConfig() {}

  static ZKClientConfig of(ZooKeeperAddress address) {
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKConfig.JUTE_MAXBUFFER, Integer.toString(LONGEST_ANSWER));
    if (address.tls()) {
      config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
      config.setProperty(
          ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET,
          "org.apache.zookeeper.ClientCnxnSocketNetty");
      config.setProperty(
          "zookeeper.ssl.hostnameVerification", Boolean.toString(address.verifies()));
      pem(config, "zookeeper.ssl.trustStore", address.authorities());
      pem(config, "zookeeper.ssl.keyStore", address.identity());
    }
    return config;
  }

  private static void pem(ZKClientConfig config, String store, @Nullable Path file) {
    if (file != null) {
      config.setProperty(store + ".location", file.toString());
      config.setProperty(store + ".type", "PEM");
    }
  }
}
