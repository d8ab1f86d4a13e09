package io.tyer.testkit.contract;

import org.junit.jupiter.api.Nested;

/**
 * The contract of one store, without what concerns losses: see {@link StoreLossContract}. A class
 * that extends this one says where stores come from, and is all that a store needs to be held to
 * it. Two classes, so that a build can run them side by side.
 */
public abstract class StoreContract implements StoreSource {

  @Nested
  final class All extends AllContract {}

  @Nested
  final class Bias extends BiasContract {}

  @Nested
  final class Cancel extends CancelContract {}

  @Nested
  final class Close extends CloseContract {}

  @Nested
  final class Exclusion extends ExclusionContract {}

  @Nested
  final class Force extends ForceContract {}

  @Nested
  final class Interrupt extends InterruptContract {}

  @Nested
  final class JavaLock extends JavaLockContract {}

  @Nested
  final class JavaReadWrite extends JavaReadWriteContract {}

  @Nested
  final class Listing extends ListingContract {}

  @Nested
  final class Name extends NameContract {}

  @Nested
  final class Order extends OrderContract {}

  @Nested
  final class Outage extends OutageContract {}

  @Nested
  final class Ownership extends OwnershipContract {}

  @Nested
  final class ReadWrite extends ReadWriteContract {}

  @Nested
  final class Reset extends ResetContract {}

  @Nested
  final class Semaphore extends SemaphoreContract {}

  @Nested
  final class StrictOrder extends StrictOrderContract {}

  @Nested
  final class Timeout extends TimeoutContract {}

  @Nested
  final class Token extends TokenContract {}
}
