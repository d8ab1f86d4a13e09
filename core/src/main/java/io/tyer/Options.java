package io.tyer;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of one client, resolved: from the builder, else the address, else the environment.
 */
final class Options {

  private static final String UNBOUNDED = "unbounded";

  private final Map<TyerOption, String> values;

  private Options(Map<TyerOption, String> values) {
    this.values = values;
  }

  static Options resolve(
      Map<TyerOption, String> given, Map<String, String> query, Map<String, String> environment) {
    Map<TyerOption, String> values = new EnumMap<>(TyerOption.class);
    for (TyerOption option : TyerOption.values()) {
      String value = given.get(option);
      if (value == null) {
        value = query.get(option.key());
      }
      if (value == null) {
        value = environment.get(option.environmentName());
      }
      if (value != null) {
        values.put(option, value);
      }
    }
    return new Options(values);
  }

  Duration ttl() {
    return duration(TyerOption.TTL, Duration.ofSeconds(15));
  }

  Duration operationTimeout() {
    return duration(TyerOption.OPERATION_TIMEOUT, Duration.ofSeconds(5));
  }

  Duration connectTimeout() {
    return duration(TyerOption.CONNECT_TIMEOUT, Duration.ofSeconds(3));
  }

  boolean lazy() {
    return flag(TyerOption.LAZY);
  }

  Duration beat(Duration otherwise) {
    return duration(TyerOption.BEAT, otherwise);
  }

  Duration margin(Duration otherwise) {
    return duration(TyerOption.MARGIN, otherwise);
  }

  /** Zero if unbounded. */
  Duration longestWait() {
    if (UNBOUNDED.equals(values.get(TyerOption.WAIT))) {
      return Duration.ZERO;
    }
    Duration longest = duration(TyerOption.WAIT, Duration.ZERO);
    if (values.containsKey(TyerOption.WAIT) && longest.isZero()) {
      throw wrong(
          TyerOption.WAIT, "more than zero or unbounded (tryAcquire() does not wait)", null);
    }
    return longest;
  }

  int batons(int otherwise) {
    return number(TyerOption.BATONS, otherwise);
  }

  Duration batonTime(Duration otherwise) {
    return duration(TyerOption.BATON_TIME, otherwise);
  }

  Order order() {
    String value = values.getOrDefault(TyerOption.ORDER, "clients");
    return switch (value) {
      case "clients" -> Order.CLIENTS;
      case "strict" -> Order.STRICT;
      default -> throw wrong(TyerOption.ORDER, "clients or strict", null);
    };
  }

  Deadlocks deadlocks() {
    String value = values.getOrDefault(TyerOption.DEADLOCKS, "on");
    return switch (value) {
      case "on" -> Deadlocks.ON;
      case "report" -> Deadlocks.REPORT;
      case "off" -> Deadlocks.OFF;
      default -> throw wrong(TyerOption.DEADLOCKS, "on, report or off", null);
    };
  }

  boolean bias() {
    return flag(TyerOption.BIAS);
  }

  Duration biasIdle(Duration otherwise) {
    return duration(TyerOption.BIAS_IDLE, otherwise);
  }

  boolean reportUnclosed() {
    return flag(TyerOption.REPORT_UNCLOSED);
  }

  String owner() {
    String owner = values.get(TyerOption.OWNER);
    if (owner == null) {
      return Owner.ofThisProcess();
    }
    if (owner.length() > 256) {
      throw wrong(TyerOption.OWNER, "at most 256 characters", null);
    }
    return owner;
  }

  private Duration duration(TyerOption option, Duration otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    try {
      Duration duration = DurationText.parse(value);
      if (duration.isNegative()) {
        throw wrong(option, "a duration that is not negative", null);
      }
      return duration;
    } catch (IllegalArgumentException e) {
      throw wrong(option, "a duration such as 500ms, 5s, 2m", e);
    }
  }

  private int number(TyerOption option, int otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw wrong(option, "a whole number", e);
    }
  }

  private boolean flag(TyerOption option) {
    String value = values.getOrDefault(option, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw wrong(option, "true or false", null);
    }
    return value.equals("true");
  }

  private IllegalArgumentException wrong(
      TyerOption option, String right, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "option " + option.key() + " must be " + right + ", not '" + values.get(option) + "'",
        cause);
  }
}
