package io.tyer;

import io.tyer.engine.Engine;
import io.tyer.engine.EngineSettings;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts a client together. Options not given here come from the address, then the environment. */
public final class TyerBuilder {

  private final String uri;
  private final Map<TyerOption, String> given = new EnumMap<>(TyerOption.class);
  private Map<String, String> environment = System.getenv();
  private @Nullable Executor callbacks;
  private @Nullable TyerListener listener;
  private @Nullable LineStoreProvider provider;
  private boolean closeOnExit;

  TyerBuilder(String uri) {
    this.uri = uri;
  }

  /** Sets an option, as it would be written in an address. */
  @CanIgnoreReturnValue
  public TyerBuilder option(TyerOption option, String value) {
    given.put(option, value);
    return this;
  }

  /** For tests: what an option was set to. */
  @Nullable String given(TyerOption option) {
    return given.get(option);
  }

  /** Sets {@link TyerOption#TTL}. */
  @CanIgnoreReturnValue
  public TyerBuilder ttl(Duration ttl) {
    return option(TyerOption.TTL, ttl.toString());
  }

  /**
   * Sets {@link TyerOption#WAIT}: whatever waits without a time-out of its own then throws {@link
   * WaitTimeoutException} after this. Unbounded unless set. Not called {@code wait}, which every
   * object has in another meaning.
   *
   * @param wait more than zero
   */
  @CanIgnoreReturnValue
  public TyerBuilder longestWait(Duration wait) {
    return option(TyerOption.WAIT, wait.toString());
  }

  /** Sets {@link TyerOption#BEAT}. */
  @CanIgnoreReturnValue
  public TyerBuilder beat(Duration beat) {
    return option(TyerOption.BEAT, beat.toString());
  }

  /** Sets {@link TyerOption#MARGIN}. */
  @CanIgnoreReturnValue
  public TyerBuilder margin(Duration margin) {
    return option(TyerOption.MARGIN, margin.toString());
  }

  /** Sets {@link TyerOption#OPERATION_TIMEOUT}. */
  @CanIgnoreReturnValue
  public TyerBuilder operationTimeout(Duration timeout) {
    return option(TyerOption.OPERATION_TIMEOUT, timeout.toString());
  }

  /** Sets {@link TyerOption#CONNECT_TIMEOUT}. */
  @CanIgnoreReturnValue
  public TyerBuilder connectTimeout(Duration timeout) {
    return option(TyerOption.CONNECT_TIMEOUT, timeout.toString());
  }

  /** Sets {@link TyerOption#BATONS}. */
  @CanIgnoreReturnValue
  public TyerBuilder batons(int most) {
    return option(TyerOption.BATONS, Integer.toString(most));
  }

  /** Sets {@link TyerOption#BATON_TIME}. */
  @CanIgnoreReturnValue
  public TyerBuilder batonTime(Duration longest) {
    return option(TyerOption.BATON_TIME, longest.toString());
  }

  /** Sets {@link TyerOption#ORDER}. */
  @CanIgnoreReturnValue
  public TyerBuilder order(Order order) {
    return option(TyerOption.ORDER, order.name().toLowerCase(Locale.ROOT));
  }

  /** Sets {@link TyerOption#DEADLOCKS}. */
  @CanIgnoreReturnValue
  public TyerBuilder deadlocks(Deadlocks deadlocks) {
    return option(TyerOption.DEADLOCKS, deadlocks.name().toLowerCase(Locale.ROOT));
  }

  /** Sets {@link TyerOption#BIAS}. */
  @CanIgnoreReturnValue
  public TyerBuilder bias(boolean kept) {
    return option(TyerOption.BIAS, Boolean.toString(kept));
  }

  /** Sets {@link TyerOption#BIAS_IDLE}. */
  @CanIgnoreReturnValue
  public TyerBuilder biasIdle(Duration idle) {
    return option(TyerOption.BIAS_IDLE, idle.toString());
  }

  /** Sets {@link TyerOption#LAZY}. */
  @CanIgnoreReturnValue
  public TyerBuilder lazy(boolean lazy) {
    return option(TyerOption.LAZY, Boolean.toString(lazy));
  }

  /** Sets {@link TyerOption#OWNER}. */
  @CanIgnoreReturnValue
  public TyerBuilder owner(String label) {
    return option(TyerOption.OWNER, label);
  }

  /** Sets {@link TyerOption#REPORT_UNCLOSED}. */
  @CanIgnoreReturnValue
  public TyerBuilder reportUnclosed(boolean report) {
    return option(TyerOption.REPORT_UNCLOSED, Boolean.toString(report));
  }

  /**
   * Where callbacks and the continuations of futures run; threads of the client's own by default.
   * Listeners for a loss do not run there but each on a thread of its own.
   */
  @CanIgnoreReturnValue
  public TyerBuilder callbackExecutor(Executor executor) {
    callbacks = executor;
    return this;
  }

  /** Hears what the engine does. */
  @CanIgnoreReturnValue
  public TyerBuilder listener(TyerListener heard) {
    listener = heard;
    return this;
  }

  /**
   * Closes the client when the JVM shuts down. Not done unless asked for: it frees locks while
   * other threads may still work under them.
   */
  @CanIgnoreReturnValue
  public TyerBuilder closeOnExit() {
    closeOnExit = true;
    return this;
  }

  /**
   * Makes the store with this provider if the address has one of its schemes; without an effect
   * otherwise. Providers on the class path need not be given: they are found by themselves.
   */
  @CanIgnoreReturnValue
  public TyerBuilder provider(LineStoreProvider known) {
    provider = known;
    return this;
  }

  /** For tests: other environment variables than this process's. */
  @CanIgnoreReturnValue
  TyerBuilder environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /** As {@link Tyer#open(String)}. */
  @CheckReturnValue
  public Tyer open() {
    StoreAddress address = StoreAddress.parse(uri);
    Options options = Options.resolve(given, address.options(), environment);
    StoreAddress own = address.withOptions(ownOptions(address));
    LineStoreProvider chosen = choose(own);
    SystemSurroundings surroundings = new SystemSurroundings(callbacks);
    try {
      return open(chosen, own, options, surroundings);
    } catch (RuntimeException e) {
      surroundings.close();
      throw e;
    }
  }

  /**
   * Asks the store at this address what there is to know about it, without opening a client.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  @CheckReturnValue
  public Diagnosis diagnose() {
    StoreAddress address = StoreAddress.parse(uri);
    Options options = Options.resolve(given, address.options(), environment);
    StoreAddress own = address.withOptions(ownOptions(address));
    LineStoreProvider chosen = choose(own);
    try (SystemSurroundings surroundings = new SystemSurroundings(callbacks)) {
      return chosen.diagnose(own, settings(options, surroundings));
    }
  }

  private static LineStoreProvider.Settings settings(
      Options options, SystemSurroundings surroundings) {
    return new LineStoreProvider.Settings(
        surroundings, options.ttl(), options.operationTimeout(), options.connectTimeout());
  }

  private LineStoreProvider choose(StoreAddress address) {
    return provider != null && provider.schemes().contains(address.scheme())
        ? provider
        : provider(address);
  }

  private Tyer open(
      LineStoreProvider chosen,
      StoreAddress address,
      Options options,
      SystemSurroundings surroundings) {
    LineStore store;
    try {
      store = chosen.open(address, settings(options, surroundings));
    } catch (StoreException e) {
      throw unusable(address, e);
    }
    Tyer tyer;
    Engine engine;
    try {
      EngineSettings settings = settings(options, store.traits().extraMargin());
      engine =
          new Engine(
              store,
              surroundings,
              settings,
              listener,
              () -> {
                store.close();
                surroundings.close();
              });
      tyer = new Tyer(engine);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    if (!options.lazy()) {
      try {
        engine.connect();
      } catch (RuntimeException e) {
        tyer.close();
        throw e;
      }
    }
    if (closeOnExit) {
      tyer.closeOnExit();
    }
    return tyer;
  }

  /** The engine's figures; a store adds to the margin. */
  static EngineSettings settings(Options options, Duration extraMargin) {
    Duration ttl = options.ttl();
    EngineSettings defaults = EngineSettings.ofTtl(ttl);
    return new EngineSettings(
        ttl,
        options.beat(defaults.beat()),
        options.margin(defaults.margin()).plus(extraMargin),
        options.operationTimeout(),
        options.longestWait(),
        options.batons(defaults.batons()),
        options.batonTime(defaults.batonTime()),
        options.order(),
        options.bias(),
        options.biasIdle(ttl),
        options.owner(),
        options.reportUnclosed(),
        options.deadlocks());
  }

  private static TyerException unusable(StoreAddress address, StoreException e) {
    String message = "the store " + address + " cannot be used: " + e.getMessage();
    return e.kind() == StoreException.Kind.REFUSED
        ? new StoreRefusedException(message, e)
        : new StoreUnreachableException(message, e);
  }

  private static Map<String, String> ownOptions(StoreAddress address) {
    Map<String, String> own = new LinkedHashMap<>(address.options());
    for (TyerOption option : TyerOption.values()) {
      own.remove(option.key());
    }
    return own;
  }

  private static LineStoreProvider provider(StoreAddress address) {
    TreeSet<String> known = new TreeSet<>();
    for (LineStoreProvider provider : providers()) {
      if (provider.schemes().contains(address.scheme())) {
        return provider;
      }
      known.addAll(provider.schemes());
    }
    throw new IllegalArgumentException(
        "no store for addresses that begin with "
            + address.scheme()
            + ": is on the class path; there are "
            + known
            + ". Each store is a module of its own, such as io.tyer:tyer-store-file");
  }

  private static List<LineStoreProvider> providers() {
    List<LineStoreProvider> found = new ArrayList<>();
    ServiceLoader.load(LineStoreProvider.class, Tyer.class.getClassLoader()).forEach(found::add);
    return found;
  }
}
