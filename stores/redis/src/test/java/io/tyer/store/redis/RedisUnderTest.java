package io.tyer.store.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ServerUnderTest;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A server alone, whose lines an operator may remove. */
final class RedisUnderTest extends ServerUnderTest {

  RedisUnderTest(ServerKind kind, Path directory) throws IOException {
    super(kind, new RedisStoreProvider(), directory);
    WarmUp.at(server().address());
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return feature == Feature.REMOVE_LINE ? Optional.empty() : super.whyNot(feature);
  }

  @Override
  public void removeLine(String name) {
    InetSocketAddress at = server().endpoint().orElseThrow();
    try (RedisClient client =
            RedisClient.create(RedisURI.create(at.getHostString(), at.getPort()));
        var connection = client.connect()) {
      connection.sync().del("tyer:{0}:line:" + name);
    }
  }
}
