/**
 * Lines kept in a directory that several processes share, on one host or on a network mount.
 *
 * <p>Start at {@link io.tyer.store.file.FileStoreProvider}, which addresses name such a store and
 * with which options. {@code FileMedium} puts the parts together; {@code VersionChain} holds the
 * one rule by which a record moves from a version to the next, and the argument why it is right.
 */
@NullMarked
package io.tyer.store.file;

import org.jspecify.annotations.NullMarked;
