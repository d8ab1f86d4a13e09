package io.tyer.benchmarks.figures;

/** Members of the lock server, asked through its own protocol. */
final class TyerGroup {

  private TyerGroup() {}

  static Group at(Address place) {
    throw new IllegalArgumentException("the lock server is not in this build: " + place);
  }
}
