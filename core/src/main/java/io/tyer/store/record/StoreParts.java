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
    Lasting lasting,
    Sweep sweep) {

  static StoreParts of(
      RecordMedium medium, Surroundings surroundings, Requests requests, ProcessProof proof) {
    Lasting lasting = new Lasting(medium);
    Records records = new Records(medium, lasting, surroundings);
    Processes processes = new Processes(proof);
    SessionRecords sessions = new SessionRecords(medium, records);
    Waking waking = new Waking(medium);
    Buckets buckets =
        new Buckets(medium, records, new Numbers(medium, records, surroundings), waking);
    Obituaries obituaries = new Obituaries(medium, sessions, processes, surroundings);
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
        lasting,
        sweep);
  }
}
