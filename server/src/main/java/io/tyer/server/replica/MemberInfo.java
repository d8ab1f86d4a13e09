package io.tyer.server.replica;

/**
 * A member of the group.
 *
 * @param id its name within the group
 * @param peerAddress host:port for the other members; empty for one that is alone
 * @param clientAddress host:port for clients
 * @param httpAddress host:port for clients that speak plain HTTP; empty if there is none, or none
 *     is known
 */
public record MemberInfo(String id, String peerAddress, String clientAddress, String httpAddress) {

  /** Without an address for plain HTTP. */
  public MemberInfo(String id, String peerAddress, String clientAddress) {
    this(id, peerAddress, clientAddress, "");
  }
}
