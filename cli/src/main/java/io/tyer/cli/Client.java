package io.tyer.cli;

import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;

/** Opens clients; what is wrong with an address or option is bad usage. */
final class Client {

  private Client() {}

  /** For looking and forcing: without a session, as long as that is possible. */
  static Tyer lazy(StoreChoice store) {
    try {
      return Tyer.builder(store.address().text()).option(TyerOption.LAZY, "true").open();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }

  /** For holding a lock. */
  static Tyer holder(StoreChoice store, RunOptions options, Timing timing, String owner) {
    try {
      TyerBuilder builder =
          Tyer.builder(store.address().text())
              .option(TyerOption.LAZY, "false")
              .option(TyerOption.MARGIN, timing.margin().toString())
              .option(TyerOption.OWNER, owner);
      if (options.ttl() != null) {
        builder.option(TyerOption.TTL, options.ttl().toString());
      }
      return builder.open();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }
}
