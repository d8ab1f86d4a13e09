package io.tyer.server.metrics;

import io.tyer.server.replica.ReplicaLoad;
import io.tyer.server.replica.ReplicaStatus;

/**
 * How much there is at one moment.
 *
 * @param connections of clients
 * @param streams of sessions
 * @param calls of one request and one reply
 */
public record Readings(
    ReplicaStatus status, ReplicaLoad load, int connections, int streams, int calls) {}
