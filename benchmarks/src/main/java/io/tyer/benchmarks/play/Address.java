package io.tyer.benchmarks.play;

import io.tyer.spi.StoreAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A subject's address, as in {@code file:locks?bias=true}.
 *
 * @param scheme which subject
 * @param location where
 * @param query the options as they are written; empty for none
 */
public record Address(String scheme, String location, String query) {

  public static Address parse(String text) {
    StoreAddress checked = StoreAddress.parse(text);
    int query = text.indexOf('?');
    return new Address(
        checked.scheme(), checked.location(), query < 0 ? "" : text.substring(query + 1));
  }

  /** Whether it asks for bias. */
  public boolean biased() {
    return Arrays.asList(query.split("&")).contains("bias=true");
  }

  /** The same store without bias. */
  public Address unbiased() {
    return without("bias");
  }

  /** The same without this option. */
  public Address without(String name) {
    String rest =
        Arrays.stream(query.split("&"))
            .filter(option -> !option.startsWith(name + "="))
            .collect(Collectors.joining("&"));
    return new Address(scheme, location, rest);
  }

  /** What was given for this option. */
  public Optional<String> option(String name) {
    return Arrays.stream(query.split("&"))
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst();
  }

  /** With an option, in place of one that was given. */
  public Address with(String name, String value) {
    String others =
        Arrays.stream(query.split("&"))
            .filter(option -> !option.isEmpty() && !option.startsWith(name + "="))
            .map(option -> option + "&")
            .collect(Collectors.joining());
    return new Address(scheme, location, others + name + "=" + value);
  }

  /** With an option, unless one of its name was given. */
  public Address withDefault(String name, String value) {
    boolean given = Arrays.stream(query.split("&")).anyMatch(one -> one.startsWith(name + "="));
    return given ? this : with(name, value);
  }

  Address withoutOptions() {
    return new Address(scheme, location, "");
  }

  public Address at(String otherLocation) {
    return new Address(scheme, otherLocation, query);
  }

  /** The address as it is used. */
  public String uri() {
    return scheme + ":" + location + (query.isEmpty() ? "" : "?" + query);
  }

  /** The address without passwords. */
  @Override
  public String toString() {
    return StoreAddress.mask(uri());
  }
}
