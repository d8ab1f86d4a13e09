/**
 * Transfers between accounts in two databases, all or nothing: {@link
 * io.tyer.example.transfers.Transfers} is the pattern to copy, with {@link
 * io.tyer.example.transfers.AccountLocks} and {@link io.tyer.example.transfers.Bank}.
 */
@NullMarked
package io.tyer.example.transfers;

import org.jspecify.annotations.NullMarked;
