package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Asks the operating system what the members of a group use that run on this machine. */
final class GroupGauge implements ServerGauge {

  private final Address place;
  private final List<Long> processes = new ArrayList<>();

  GroupGauge(Address place) throws IOException {
    this.place = place;
    for (String member : GroupLocation.of(place).members()) {
      OptionalLong process = Listening.at(GroupLocation.port(member));
      process.ifPresent(processes::add);
    }
  }

  @Override
  public String version() throws IOException {
    try (Group group = Group.at(place)) {
      return group.version() + ", " + GroupLocation.of(place).members().size() + " nodes";
    }
  }

  @Override
  public ServerUse use() {
    return new ServerUse(
        processes.stream().mapToDouble(process -> ProcessTimes.nanos(process)).sum(), 0, 0);
  }

  @Override
  public boolean countsCommands() {
    return false;
  }

  @Override
  public void close() {}
}
