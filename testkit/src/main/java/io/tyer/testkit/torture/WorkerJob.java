package io.tyer.testkit.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a worker is to do; given to its process as a file.
 *
 * @param uri the store as this worker reaches it
 * @param firstProcess the number of its first client in the history; clients it opens later count
 *     on from there
 * @param seed of what it wishes for
 * @param history the file it writes its history to
 * @param resourceHost where the fenced resource listens
 * @param resourcePort where the fenced resource listens
 * @param names what it locks
 * @param clients how many clients it has open at a time
 * @param threads how many threads use each client
 * @param ttl from which range its clients draw their TTL
 */
record WorkerJob(
    String uri,
    int firstProcess,
    long seed,
    String history,
    String resourceHost,
    int resourcePort,
    Names names,
    int clients,
    int threads,
    TtlRange ttl) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static WorkerJob read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), WorkerJob.class);
  }

  void write(Path file) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
  }
}
