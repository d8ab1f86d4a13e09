package io.tyer.cli;

import io.tyer.DurationText;
import io.tyer.TyerOption;
import io.tyer.command.Refusal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The times of a command's session. The margin holds the grace: when the lease is lost, the command
 * has been killed before the store lets anybody else in (promise S5).
 *
 * @param ttl the session's TTL
 * @param margin how long before its end the lease counts as lost
 * @param grace from TERM to KILL; a part of the margin
 */
record Timing(Duration ttl, Duration margin, Duration grace) {

  private static final Duration DEFAULT_TTL = Duration.ofSeconds(15);
  private static final Duration LEAST_MARGIN = Duration.ofMillis(200);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);

  /** From the options, the store's address and the environment. */
  static Timing of(RunOptions options, Address address, Map<String, String> environment) {
    Settings settings = new Settings(address, environment);
    Duration ttl =
        options.ttl() != null ? options.ttl() : settings.get(TyerOption.TTL, DEFAULT_TTL);
    Duration beat = settings.get(TyerOption.BEAT, ttl.dividedBy(3));
    Duration margin = settings.get(TyerOption.MARGIN, longer(ttl.dividedBy(10), LEAST_MARGIN));
    if (options.onLoss() != OnLoss.KILL) {
      return new Timing(ttl, margin, Duration.ZERO);
    }
    Duration room = ttl.minus(beat).minus(margin);
    Duration grace = options.grace();
    if (grace == null) {
      grace = shorter(shorter(DEFAULT_GRACE, ttl.dividedBy(5)), half(room));
    } else if (grace.compareTo(room) >= 0) {
      throw Refusal.usage(
          String.format(
              "--grace %s does not fit: beat %s + margin %s + grace must be less than ttl %s; give"
                  + " it less than %s, or the session a longer --ttl",
              DurationText.format(grace),
              DurationText.format(beat),
              DurationText.format(margin),
              DurationText.format(ttl),
              DurationText.format(longer(room, Duration.ZERO))));
    }
    return new Timing(ttl, margin.plus(grace), grace);
  }

  /** How often to look how long the lease can still be proved. */
  long sampleMillis() {
    return Math.max(10, Math.min(1000, ttl.toMillis() / 20));
  }

  private static Duration half(Duration room) {
    return longer(room.dividedBy(2), Duration.ZERO);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** What the library would use if we gave it nothing. */
  private record Settings(Address address, Map<String, String> environment) {

    Duration get(TyerOption option, Duration otherwise) {
      @Nullable String text = address.option(option.key());
      if (text == null) {
        text = environment.get(option.environmentName());
      }
      if (text == null || text.isEmpty()) {
        return otherwise;
      }
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException e) {
        throw Refusal.usage(option.key() + ": ", e);
      }
    }
  }
}
