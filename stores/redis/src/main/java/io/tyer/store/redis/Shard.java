package io.tyer.store.redis;

import io.tyer.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A part of the names, with sessions and a floor of its own; all of its keys are in one slot. */
final class Shard {

  private final Topology topology;
  private final int number;
  private final Keys keys;
  private final String description;
  private final Set<String> beingBuried = ConcurrentHashMap.newKeySet();

  /** The largest number this client has seen: what survives of it if the server loses its data. */
  private volatile long seen;

  Shard(Topology topology, int number, Keys keys, String description) {
    this.topology = topology;
    this.number = number;
    this.keys = keys;
    this.description = description;
  }

  Keys keys() {
    return keys;
  }

  String description() {
    return description;
  }

  long seen() {
    return seen;
  }

  /** Races cost nothing: numbers rise, and a slightly smaller one does as well. */
  void saw(long granted) {
    if (granted > seen) {
      seen = granted;
    }
  }

  void send(Request request) {
    topology.send(number, request, false);
  }

  /** What counts only once replicas have it, if that was asked for. */
  void sendReplicated(Request request) {
    topology.send(number, request, true);
  }

  /** Runs a script and hands its answer on. */
  void run(
      Script script,
      List<byte[]> requestKeys,
      List<byte[]> values,
      Consumer<Object> then,
      Consumer<StoreException> failed) {
    send(
        new Request(script, requestKeys, values) {
          @Override
          void answered(Object answer) {
            then.accept(answer);
          }

          @Override
          void failed(StoreException failure) {
            failed.accept(failure);
          }
        });
  }

  /** A command that only reads. */
  void read(
      byte[] key, List<String> command, Consumer<List<?>> then, Consumer<StoreException> failed) {
    run(
        Script.READ,
        List.of(key),
        command.stream().map(Keys::bytes).toList(),
        answer -> then.accept(answer instanceof List<?> list ? list : List.of()),
        failed);
  }

  /** Removes what a session that should be dead has left; a live one is left alone. */
  void bury(String who, Runnable then, Consumer<StoreException> failed) {
    if (!beingBuried.add(who)) {
      then.run();
      return;
    }
    Burial.of(
        this,
        who,
        () -> {
          beingBuried.remove(who);
          then.run();
        },
        failure -> {
          beingBuried.remove(who);
          failed.accept(failure);
        });
  }

  static String ascii(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }
}
