package io.tyer.testkit.contract;

import java.util.List;

/** All suites of the contract. */
public final class ContractSuites {

  private static final List<Class<?>> ALL =
      List.of(
          AfterLossContract.class,
          AllContract.class,
          AllLossContract.class,
          BiasContract.class,
          CancelContract.class,
          CloseContract.class,
          ExclusionContract.class,
          ForceContract.class,
          InterruptContract.class,
          JavaLockContract.class,
          JavaReadWriteContract.class,
          ListingContract.class,
          LossContract.class,
          LostReplyContract.class,
          NameContract.class,
          NothingLeftContract.class,
          OrderContract.class,
          OutageContract.class,
          OwnershipContract.class,
          ProgressContract.class,
          ReadWriteContract.class,
          RecoveryContract.class,
          ResetContract.class,
          SemaphoreContract.class,
          SessionContract.class,
          StrictOrderContract.class,
          TimeoutContract.class,
          TokenContract.class);

  private ContractSuites() {}

  /** Each is nested in one half of the contract. */
  public static List<Class<?>> all() {
    return ALL;
  }
}
