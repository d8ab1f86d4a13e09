package io.tyer.testkit.torture;

import io.tyer.testkit.host.ClientHosts;
import io.tyer.testkit.host.Cut;
import java.io.IOException;
import java.util.Optional;

/** Cuts a worker's host off from the store, both ways or one way; the resource stays in reach. */
final class PartitionFault implements Fault {

  private final ClientHosts hosts;

  PartitionFault(ClientHosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public Optional<Injury> strike(Blow blow) throws IOException, InterruptedException {
    int worker = blow.victim();
    boolean out = blow.size() < 0.7;
    boolean in = blow.size() > 0.3;
    Cut cut = hosts.cutOff(worker, out, in);
    String way = out && in ? "both ways" : out ? "what it sends" : "what it is sent";
    return Optional.of(
        new Injury() {
          @Override
          public String description() {
            return "worker " + worker + ", " + way + ", for " + blow.durationMillis() + " ms";
          }

          @Override
          public void heal() throws IOException, InterruptedException {
            cut.join();
          }
        });
  }
}
