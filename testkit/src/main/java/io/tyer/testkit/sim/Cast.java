package io.tyer.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** Who takes part in a simulation. */
final class Cast {

  private static final double DRIFT = 0.01;

  private final World world;
  private final Observer observer;
  private final SimServer server;
  private final List<SimClient> clients = new ArrayList<>();

  Cast(World world, SimServer server, Observer observer) {
    this.world = world;
    this.server = server;
    this.observer = observer;
  }

  /** A machine whose clocks run up to 1 % too fast or too slow. */
  static SimProcess machine(World world, String name) {
    Dice dice = world.dice().fork();
    double drift =
        dice.chance(0.5) ? (dice.chance(0.5) ? DRIFT : -DRIFT) : DRIFT * (2 * dice.unit() - 1);
    return new SimProcess(name, world.events(), dice, 1 + drift);
  }

  SimServer server() {
    return server;
  }

  /** All who ever took part. */
  List<SimClient> clients() {
    return clients;
  }

  List<SimClient> live() {
    return clients.stream().filter(SimClient::live).toList();
  }

  /** Another client, unless it is too late. */
  void join() {
    if (!world.healed()) {
      newcomer().work(world.scenario().workers());
    }
  }

  /** A client whose callers do nothing of themselves. */
  SimClient newcomer() {
    SimProcess process = machine(world, "client-" + (clients.size() + 1));
    SimClient client = new SimClient(world, process, server, observer);
    clients.add(client);
    return client;
  }
}
