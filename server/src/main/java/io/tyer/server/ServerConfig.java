package io.tyer.server;

import io.tyer.server.door.DoorLimits;
import io.tyer.server.replica.MemberInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server is started with. {@link #local} is one that is alone on this machine; each method
 * {@code with…} answers a copy that differs in one thing.
 *
 * @param directory what is this member's alone: its log and snapshots; made if it is not there
 * @param cluster the id of the group
 * @param member this member's id within the group
 * @param listen where clients come in; port 0 for any free one
 * @param clientAddress host:port by which clients reach it, if that is not {@code listen}
 * @param peerAddress host:port by which other members reach it; port 0 of a server that stays
 *     alone, and opens no port for others
 * @param members the members of a group that begins, the same at each of them, with this one, which
 *     takes both addresses from there; empty for a group of this member alone, or one that it joins
 * @param joins whether it waits to be added to a group, rather than to begin one. Neither this nor
 *     the members matter once the directory holds anything.
 * @param security how clients' connections are secured
 * @param peers how members know each other
 * @param operatorToken the file of the operator's token, the same at all members, if clients are to
 *     show access tokens; without it, whoever may connect may do everything
 * @param limits on what clients send and hold
 * @param http where clients that speak plain HTTP come in, secured like the others; port 0 for any
 *     free one; empty if they do not
 * @param httpHosts names by which those clients call it, beside localhost, addresses, and the names
 *     of members, certificates and of where it listens; {@code *.} at the beginning stands for any
 *     one label
 * @param acceptsLoss whether a member alone goes on with what is left of a log that has lost its
 *     end, or has entries that cannot be read; else it does not start
 */
public record ServerConfig(
    Path directory,
    String cluster,
    String member,
    InetSocketAddress listen,
    Optional<String> clientAddress,
    String peerAddress,
    List<MemberInfo> members,
    boolean joins,
    ClientSecurity security,
    PeerSecurity peers,
    Optional<Path> operatorToken,
    DoorLimits limits,
    Optional<InetSocketAddress> http,
    Set<String> httpHosts,
    boolean acceptsLoss) {

  /** The port that clients try where an address names none. */
  public static final int CLIENT_PORT = 7878;

  /** The port for plain HTTP where an address names none. */
  public static final int HTTP_PORT = 7880;

  /**
   * Checks what can be checked without starting.
   *
   * @throws IllegalArgumentException saying what to do if connections are not secured enough for
   *     where they come from, or if addresses or members are missing
   */
  public ServerConfig {
    members = List.copyOf(members);
    httpHosts = Set.copyOf(httpHosts);
    ClientSecurity.check(security, listen, operatorToken.isPresent());
    for (InetSocketAddress address : http.stream().toList()) {
      ClientSecurity.check(security, address, operatorToken.isPresent());
    }
    if (joins && !members.isEmpty()) {
      throw new IllegalArgumentException(
          "A member that joins a group is told its members by them: name none");
    }
    Optional<MemberInfo> self = find(members, member);
    if (!members.isEmpty() && self.isEmpty()) {
      throw new IllegalArgumentException(
          "This member, " + member + ", is not among the members: " + members);
    }
    PeerSecurity.check(
        peers,
        self.map(MemberInfo::peerAddress).orElse(peerAddress),
        joins || isToBeFound(members, peerAddress));
    boolean everywhere =
        listen.getAddress().isAnyLocalAddress()
            || http.filter(at -> at.getAddress().isAnyLocalAddress()).isPresent();
    if (self.isEmpty() && clientAddress.isEmpty() && everywhere) {
      throw new IllegalArgumentException(
          "Clients are told by which address they reach a server that listens on all of the"
              + " machine's: give it as host:port");
    }
  }

  /** Alone on this machine, at a port of localhost; clients trust its development certificate. */
  public static ServerConfig local(Path directory, int port) {
    return new ServerConfig(
        directory,
        "tyer",
        "1",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        Optional.empty(),
        "127.0.0.1:0",
        List.of(),
        false,
        new ClientSecurity.Dev(),
        new PeerSecurity.Alone(),
        Optional.empty(),
        DoorLimits.DEFAULT,
        Optional.empty(),
        Set.of(),
        false);
  }

  /** Takes clients' connections secured like this. */
  public ServerConfig withSecurity(ClientSecurity other) {
    Copy copy = new Copy(this);
    copy.security = other;
    return copy.made();
  }

  /** Has members know each other like this. */
  public ServerConfig withPeers(PeerSecurity other) {
    Copy copy = new Copy(this);
    copy.peers = other;
    return copy.made();
  }

  /** Begins a group of these members, as the one with this id. */
  public ServerConfig withMembers(String self, List<MemberInfo> all) {
    Copy copy = new Copy(this);
    copy.member = self;
    copy.members = all;
    copy.joins = false;
    return copy.made();
  }

  /** Allows clients this much. */
  public ServerConfig withLimits(DoorLimits other) {
    Copy copy = new Copy(this);
    copy.limits = other;
    return copy.made();
  }

  /** Has clients show access tokens, which whoever shows the one in this file makes. */
  public ServerConfig withOperatorToken(Path file) {
    Copy copy = new Copy(this);
    copy.operatorToken = Optional.of(file);
    return copy.made();
  }

  /** Lets clients in by plain HTTP, too. */
  public ServerConfig withHttp(InetSocketAddress at) {
    Copy copy = new Copy(this);
    copy.http = Optional.of(at);
    return copy.made();
  }

  /** By which names clients call it that speak plain HTTP, as far as it was told. */
  Set<String> httpNames() {
    return Stream.of(
            httpHosts.stream(),
            http.stream().map(InetSocketAddress::getHostString),
            clientAddress.stream().map(ServerConfig::host),
            members.stream().map(MemberInfo::clientAddress).map(ServerConfig::host),
            members.stream()
                .map(MemberInfo::httpAddress)
                .filter(address -> !address.isEmpty())
                .map(ServerConfig::host))
        .flatMap(names -> names)
        .collect(Collectors.toSet());
  }

  private static String host(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }

  /** Whether it says where other members find this one. */
  boolean isToBeFound() {
    return isToBeFound(members, peerAddress);
  }

  private static boolean isToBeFound(List<MemberInfo> members, String peerAddress) {
    return !members.isEmpty() || !peerAddress.endsWith(":0");
  }

  /**
   * This member.
   *
   * @param clientPort where it listens
   * @param httpPort where it listens for plain HTTP, if it does
   */
  MemberInfo self(int clientPort, OptionalInt httpPort) {
    return find(members, member)
        .orElseGet(
            () ->
                new MemberInfo(
                    member,
                    isToBeFound() ? peerAddress : "",
                    clientAddress.orElseGet(() -> reachable(listen, clientPort)),
                    httpPort.isEmpty() ? "" : httpAddress(httpPort.getAsInt())));
  }

  /** By the host at which clients find it, where it listens at all of the machine's addresses. */
  private String httpAddress(int port) {
    InetSocketAddress at = http.orElse(listen);
    if (at.getAddress().isAnyLocalAddress() && clientAddress.isPresent()) {
      String client = clientAddress.get();
      return client.substring(0, client.lastIndexOf(':') + 1) + port;
    }
    return reachable(at, port);
  }

  private static String reachable(InetSocketAddress at, int port) {
    String host = at.getHostString();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static Optional<MemberInfo> find(List<MemberInfo> members, String id) {
    return members.stream().filter(member -> member.id().equals(id)).findAny();
  }

  /** What differs from another. */
  private static final class Copy {
    private final ServerConfig of;
    private String member;
    private List<MemberInfo> members;
    private boolean joins;
    private ClientSecurity security;
    private PeerSecurity peers;
    private Optional<Path> operatorToken;
    private DoorLimits limits;
    private Optional<InetSocketAddress> http;

    Copy(ServerConfig of) {
      this.of = of;
      this.member = of.member;
      this.members = of.members;
      this.joins = of.joins;
      this.security = of.security;
      this.peers = of.peers;
      this.operatorToken = of.operatorToken;
      this.limits = of.limits;
      this.http = of.http;
    }

    ServerConfig made() {
      return new ServerConfig(
          of.directory,
          of.cluster,
          member,
          of.listen,
          of.clientAddress,
          of.peerAddress,
          members,
          joins,
          security,
          peers,
          operatorToken,
          limits,
          http,
          of.httpHosts,
          of.acceptsLoss);
    }
  }
}
