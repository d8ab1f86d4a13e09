package io.tyer.engine;

/**
 * What the locks of one client have in common.
 *
 * @param engine where they are acquired
 * @param holds what threads hold through their Java views
 */
record ClientLocks(Client engine, JavaHolds holds) {}
