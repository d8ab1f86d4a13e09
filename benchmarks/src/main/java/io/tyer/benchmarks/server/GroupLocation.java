package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the members of a group of servers listen, as addresses have it: {@code //host:port,...}.
 *
 * @param members each as {@code host:port}
 */
public record GroupLocation(List<String> members) {

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9.-]+:[0-9]{1,5}");

  /**
   * The one of this address.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static GroupLocation of(Address address) {
    String location = address.location();
    List<String> members =
        location.startsWith("//") ? COMMA.splitAsStream(location.substring(2)).toList() : List.of();
    if (members.isEmpty() || !members.stream().allMatch(it -> MEMBER.matcher(it).matches())) {
      throw new IllegalArgumentException(
          "members of a group are named as in "
              + address.scheme()
              + "://host:port,host:port, or started for it, as in "
              + address.scheme()
              + ": - not "
              + address);
    }
    return new GroupLocation(members);
  }

  /** As it stands in an address. */
  String text() {
    return "//" + String.join(",", members);
  }

  /** The same members, with this one first. */
  GroupLocation startingWith(String member) {
    return new GroupLocation(
        members.stream()
            .sorted((one, other) -> Boolean.compare(other.equals(member), one.equals(member)))
            .collect(Collectors.toList()));
  }

  public static int port(String member) {
    return Integer.parseInt(member.substring(member.lastIndexOf(':') + 1));
  }
}
