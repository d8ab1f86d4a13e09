package io.tyer.server.state;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All access tokens that are not revoked, expired ones among them until they are. */
final class Tokens {

  private CowTree<TokenId, AccessToken> tokens = new CowTree<>(Comparator.naturalOrder());
  private Map<TokenId, AccessToken> published = Map.of();

  /** Whether there was ever one: then the state has a form that older releases do not know. */
  private boolean used;

  private long heapCost;

  /** The tokens as they are now, never to change. */
  CowTree<TokenId, AccessToken> freeze() {
    CowTree<TokenId, AccessToken> frozen = tokens;
    tokens = tokens.copy();
    return frozen;
  }

  /** As they are now, for any thread; the same object until one comes or goes. */
  Map<TokenId, AccessToken> published() {
    return published;
  }

  boolean used() {
    return used;
  }

  /** What is read is of the newer form. */
  void restoreUsed() {
    used = true;
  }

  /** About how many bytes of heap they take. */
  long heapCost() {
    return heapCost;
  }

  int size() {
    return tokens.size();
  }

  @Nullable AccessToken get(TokenId id) {
    return tokens.get(id);
  }

  void add(AccessToken token) {
    used = true;
    tokens.put(token.id(), token);
    heapCost += HeapCost.of(token);
    publish();
  }

  void remove(AccessToken token) {
    tokens.removePresent(token.id());
    heapCost -= HeapCost.of(token);
    publish();
  }

  /** For snapshots: many at once, before {@link #restored}. */
  void restore(AccessToken token) {
    tokens.put(token.id(), token);
    heapCost += HeapCost.of(token);
  }

  void restored() {
    publish();
  }

  CowTree<TokenId, AccessToken> byId() {
    return tokens;
  }

  private void publish() {
    Map<TokenId, AccessToken> all = new HashMap<>();
    tokens.forEach(
        (id, token) -> {
          all.put(id, token);
          return true;
        });
    published = Map.copyOf(all);
  }
}
