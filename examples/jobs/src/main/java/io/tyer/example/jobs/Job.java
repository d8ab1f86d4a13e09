package io.tyer.example.jobs;

/**
 * Something to be done once.
 *
 * @param id its key
 * @param kind of which only so many are done at a time
 * @param text what it is about
 */
record Job(long id, String kind, String text) {

  /** The name of its lock, by which the database's fence knows it, too. */
  String lock() {
    return "job/" + id;
  }
}
