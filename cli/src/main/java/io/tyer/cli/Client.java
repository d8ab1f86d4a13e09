package io.tyer.cli;

import io.tyer.DurationText;
import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.command.Refusal;
import io.tyer.spi.Diagnosis;
import io.tyer.store.file.FileStoreProvider;

/** Opens clients; what is wrong with an address or option is bad usage. */
final class Client {

  private Client() {}

  /**
   * The store that is asked for most often is known here: to find it, every jar would be opened.
   */
  private static TyerBuilder builder(StoreChoice store) {
    return Tyer.builder(store.address().text()).provider(new FileStoreProvider());
  }

  /** For looking and forcing: without a session, as long as that is possible. */
  static Tyer lazy(StoreChoice store) {
    try {
      return builder(store).option(TyerOption.LAZY, "true").open();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }

  /** For trying what the store can do; as its address says. */
  static Tyer lookingOn(StoreChoice store) {
    try {
      return builder(store).option(TyerOption.LAZY, "false").open();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }

  /** What the store says about itself. */
  static Diagnosis diagnose(StoreChoice store) {
    try {
      return builder(store).diagnose();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }

  /** For holding a lock. */
  static Tyer holder(StoreChoice store, RunOptions options, Timing timing, String owner) {
    try {
      TyerBuilder builder =
          builder(store)
              .option(TyerOption.LAZY, "false")
              .option(TyerOption.MARGIN, DurationText.format(timing.margin()))
              .option(TyerOption.OWNER, owner);
      if (options.ttl() != null) {
        builder.option(TyerOption.TTL, DurationText.format(options.ttl()));
      }
      return builder.open();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage("", e);
    }
  }
}
