package io.tyer.cli;

import io.tyer.DurationText;
import io.tyer.TyerOption;
import io.tyer.command.Refusal;
import io.tyer.spi.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options in force, and where each comes from. */
final class EffectiveOptions {

  private static final Duration DEFAULT_TTL = Duration.ofSeconds(15);
  private static final Duration LEAST_MARGIN = Duration.ofMillis(200);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final Address address;
  private final Map<String, String> environment;

  EffectiveOptions(Address address, Map<String, String> environment) {
    this.address = address;
    this.environment = environment;
  }

  /** The times by which sessions live, and whatever else is given. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (TyerOption option : TyerOption.values()) {
      boolean always =
          option == TyerOption.TTL || option == TyerOption.BEAT || option == TyerOption.MARGIN;
      if (always || given(option) != null) {
        findings.add(Finding.ok("option", text(option)));
      }
    }
    return findings;
  }

  private String text(TyerOption option) {
    String fromAddress = address.option(option.key());
    if (fromAddress != null) {
      return option.key() + " " + fromAddress + " (from the store's address)";
    }
    String fromEnvironment = given(option);
    return fromEnvironment != null
        ? option.key() + " " + fromEnvironment + " (from $" + option.environmentName() + ")"
        : option.key() + " " + byDefault(option);
  }

  private String byDefault(TyerOption option) {
    Duration ttl = duration(TyerOption.TTL, DEFAULT_TTL);
    Duration value =
        switch (option) {
          case BEAT -> ttl.dividedBy(3);
          case MARGIN -> longer(ttl.dividedBy(10), LEAST_MARGIN);
          default -> ttl;
        };
    String text = DurationText.format(value);
    return option.defaultText().equals(text)
        ? text + " (default)"
        : text + " (default: " + option.defaultText() + ")";
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private @Nullable String given(TyerOption option) {
    String fromAddress = address.option(option.key());
    return fromAddress != null ? fromAddress : environment.get(option.environmentName());
  }

  /** How long to wait for an answer of the store's. */
  Duration patience() {
    return duration(TyerOption.OPERATION_TIMEOUT, DEFAULT_TIMEOUT).multipliedBy(2);
  }

  private Duration duration(TyerOption option, Duration otherwise) {
    String given = given(option);
    try {
      return given == null ? otherwise : DurationText.parse(given);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(option.key() + ": ", e);
    }
  }
}
