/**
 * What every store owes, as test suites. A store's author implements {@link
 * io.tyer.testkit.contract.StoreUnderTest} and extends {@link
 * io.tyer.testkit.contract.StoreContract}; the testkit's README shows how.
 */
@NullMarked
package io.tyer.testkit.contract;

import org.jspecify.annotations.NullMarked;
