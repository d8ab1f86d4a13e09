package io.tyer.testkit.contract;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;

/** All suites of the contract. */
public final class ContractSuites {

  private static final List<Class<?>> ALL =
      List.of(
          AfterLossContract.class,
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
          TimeoutContract.class,
          TokenContract.class);

  private ContractSuites() {}

  /** Each of them is to be extended for each store. */
  public static List<Class<?>> all() {
    return ALL;
  }

  /** Those that no class nested in one of these runs. */
  public static List<String> missingIn(List<Class<?>> tests) {
    List<Class<?>> nested =
        tests.stream()
            .filter(one -> !one.isAnnotationPresent(Disabled.class))
            .<Class<?>>flatMap(one -> Stream.of(one.getDeclaredClasses()))
            .filter(ContractSuites::isRun)
            .toList();
    return ALL.stream()
        .filter(suite -> nested.stream().noneMatch(suite::isAssignableFrom))
        .map(Class::getSimpleName)
        .toList();
  }

  private static boolean isRun(Class<?> nested) {
    return nested.isAnnotationPresent(Nested.class)
        && !Modifier.isAbstract(nested.getModifiers())
        && !nested.isAnnotationPresent(Disabled.class);
  }
}
