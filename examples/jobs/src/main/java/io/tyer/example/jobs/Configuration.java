package io.tyer.example.jobs;

/**
 * What all jobs go by. It changes only while none runs.
 *
 * @param version one more with each change
 * @param sender in whose name jobs are done
 */
record Configuration(long version, String sender) {

  /** The name of its lock: jobs read it, a change writes it. */
  static final String LOCK = "jobs/configuration";
}
