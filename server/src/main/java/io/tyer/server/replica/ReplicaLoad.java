package io.tyer.server.replica;

/**
 * How much there is at one member.
 *
 * @param lines how many lines are not empty
 * @param waiting how many tickets wait in them
 * @param queued how many commands wait for an entry; none at a member that does not lead
 * @param heapBytes about how many bytes of heap sessions, tickets and tokens take
 * @param mostHeapBytes how many they may take: what would be more is refused
 */
public record ReplicaLoad(
    long lines, long waiting, int queued, long heapBytes, long mostHeapBytes) {}
