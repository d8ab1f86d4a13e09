/**
 * The table of guarantees: which store keeps which promise under which fault, from the results of
 * the contract.
 */
@NullMarked
package io.tyer.testkit.guarantees;

import org.jspecify.annotations.NullMarked;
