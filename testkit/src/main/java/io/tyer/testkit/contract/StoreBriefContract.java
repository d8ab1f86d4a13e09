package io.tyer.testkit.contract;

import org.junit.jupiter.api.Nested;

/**
 * The suites of the contract that take seconds and catch most of what breaks a store: for a build
 * that leaves {@link StoreContract} and {@link StoreLossContract} to a longer one.
 */
public abstract class StoreBriefContract implements StoreSource {

  @Nested
  final class Exclusion extends ExclusionContract {}

  @Nested
  final class Order extends OrderContract {}

  @Nested
  final class Ownership extends OwnershipContract {}

  @Nested
  final class ReadWrite extends ReadWriteContract {}

  @Nested
  final class Semaphore extends SemaphoreContract {}
}
