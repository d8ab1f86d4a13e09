package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Cuts a worker's host off from the store, both ways or one way; the resource stays in reach. */
final class PartitionFault implements Fault {

  private final Netns hosts;
  private final List<Integer> ports;

  PartitionFault(Netns hosts, List<Integer> ports) {
    this.hosts = hosts;
    this.ports = ports;
  }

  @Override
  public Optional<Injury> strike(Blow blow) throws IOException, InterruptedException {
    int worker = blow.victim();
    int port = ports.get(worker);
    boolean out = blow.size() < 0.7;
    boolean in = blow.size() > 0.3;
    hosts.cut(worker, port, out, in);
    String way = out && in ? "both ways" : out ? "what it sends" : "what it is sent";
    return Optional.of(
        new Injury() {
          @Override
          public String description() {
            return "worker " + worker + ", " + way + ", for " + blow.durationMillis() + " ms";
          }

          @Override
          public void heal() throws IOException, InterruptedException {
            hosts.join(worker, port, out, in);
          }
        });
  }
}
