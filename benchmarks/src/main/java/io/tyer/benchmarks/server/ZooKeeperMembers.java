package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception;

/** Members of ZooKeeper, asked by the word that all of them answer. */
final class ZooKeeperMembers implements Group {

  private final List<String> members;

  private ZooKeeperMembers(List<String> members) {
    this.members = members;
  }

  static ZooKeeperMembers at(Address place) {
    return new ZooKeeperMembers(GroupLocation.of(place).members());
  }

  private static String status(String member) throws IOException {
    String host = member.substring(0, member.lastIndexOf(':'));
    try {
      return FourLetterWordMain.send4LetterWord(host, GroupLocation.port(member), "srvr");
    } catch (X509Exception.SSLContextException e) {
      throw new IOException(e);
    }
  }

  @Override
  public Optional<String> leader() {
    String found = null;
    try {
      for (String member : members) {
        String status = status(member);
        if (!status.contains("Mode: ")) {
          return Optional.empty();
        }
        if (!status.contains("Mode: follower")) {
          found = member;
        }
      }
    } catch (IOException unused) {
      // One of them is not there yet.
      return Optional.empty();
    }
    return Optional.ofNullable(found);
  }

  @Override
  public String version() throws IOException {
    return "ZooKeeper "
        + status(members.get(0))
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("^[^:]*: ", "")
            .replaceFirst("[-,].*", "");
  }

  @Override
  public void close() {}
}
