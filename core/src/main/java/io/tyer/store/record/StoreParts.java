package io.tyer.store.record;

import io.tyer.spi.Surroundings;

/** What the sessions of a store share. */
record StoreParts(
    RecordMedium medium,
    Surroundings surroundings,
    Requests requests,
    Processes processes,
    SessionRecords sessions,
    Buckets buckets,
    Obituaries obituaries,
    Waking waking,
    LineRequests lines,
    Sweep sweep) {

  static StoreParts of(
      RecordMedium medium, Surroundings surroundings, Requests requests, ProcessProof proof) {
    Records records = new Records(medium, surroundings);
    Processes processes = new Processes(proof);
    SessionRecords sessions = new SessionRecords(medium, records);
    Buckets buckets = new Buckets(medium, records, new Numbers(medium, records, surroundings));
    Obituaries obituaries = new Obituaries(medium, sessions, processes, surroundings);
    Waking waking = new Waking(medium);
    LineRequests lines = new LineRequests(buckets, obituaries, waking, surroundings);
    Sweep sweep =
        new Sweep(medium, surroundings, requests, records, sessions, buckets, obituaries, waking);
    return new StoreParts(
        medium,
        surroundings,
        requests,
        processes,
        sessions,
        buckets,
        obituaries,
        waking,
        lines,
        sweep);
  }
}
