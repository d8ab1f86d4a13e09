package io.tyer.server.replica;

/**
 * A member of the group.
 *
 * @param id its name within the group
 * @param peerAddress host:port for the other members
 * @param clientAddress host:port for clients
 */
public record MemberInfo(String id, String peerAddress, String clientAddress) {}
