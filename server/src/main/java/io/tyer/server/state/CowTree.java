package io.tyer.server.state;

import java.util.Comparator;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that is copied in constant time: a balanced tree whose nodes are copied when they
 * are first changed after that. What is done twice between two copies copies nothing.
 *
 * <p>After {@link #copy} the original must not be changed any more; it may be read by another
 * thread while the copy is changed.
 */
final class CowTree<K, V> {

  private static final class Node<K, V> {
    private K key;
    private V value;
    private @Nullable Node<K, V> left;
    private @Nullable Node<K, V> right;
    private int height = 1;
    private final int generation;

    Node(K key, V value, int generation) {
      this.key = key;
      this.value = value;
      this.generation = generation;
    }
  }

  private final Comparator<? super K> order;
  private final int generation;
  private @Nullable Node<K, V> root;
  private int size;

  CowTree(Comparator<? super K> order) {
    this(order, 0, null, 0);
  }

  private CowTree(
      Comparator<? super K> order, int generation, @Nullable Node<K, V> root, int size) {
    this.order = order;
    this.generation = generation;
    this.root = root;
    this.size = size;
  }

  CowTree<K, V> copy() {
    return new CowTree<>(order, generation + 1, root, size);
  }

  int size() {
    return size;
  }

  /** How many nodes there are at most one above the other. */
  int height() {
    return height(root);
  }

  @Nullable V get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int compared = order.compare(key, node.key);
      if (compared == 0) {
        return node.value;
      }
      node = compared < 0 ? node.left : node.right;
    }
    return null;
  }

  /** The smallest key; null if there is none. */
  @Nullable K firstKey() {
    return root == null ? null : first(root).key;
  }

  void put(K key, V value) {
    root = put(root, key, value);
  }

  /** What was there; null if nothing was. */
  @Nullable V remove(K key) {
    V value = get(key);
    if (value != null) {
      removePresent(key);
    }
    return value;
  }

  /** The same for a key that is there, and faster. */
  void removePresent(K key) {
    if (root != null) {
      root = remove(root, key);
      size--;
    }
  }

  /** Removes the smallest key, if there is any. */
  void removeFirst() {
    if (root != null) {
      root = removeFirst(root);
      size--;
    }
  }

  /** Visits entries in order, until told not to go on. */
  void forEach(BiPredicate<? super K, ? super V> visitor) {
    walk(root, null, visitor);
  }

  /** The same, from the first key that is not smaller. */
  void forEachFrom(K from, BiPredicate<? super K, ? super V> visitor) {
    walk(root, from, visitor);
  }

  private boolean walk(
      @Nullable Node<K, V> node, @Nullable K from, BiPredicate<? super K, ? super V> visitor) {
    if (node == null) {
      return true;
    }
    int compared = from == null ? -1 : order.compare(from, node.key);
    if (compared < 0 && !walk(node.left, from, visitor)) {
      return false;
    }
    if (compared <= 0 && !visitor.test(node.key, node.value)) {
      return false;
    }
    return walk(node.right, compared < 0 ? null : from, visitor);
  }

  private Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      size++;
      return new Node<>(key, value, generation);
    }
    Node<K, V> own = own(node);
    int compared = order.compare(key, own.key);
    if (compared == 0) {
      own.value = value;
      return own;
    }
    if (compared < 0) {
      own.left = put(own.left, key, value);
    } else {
      own.right = put(own.right, key, value);
    }
    return balanced(own);
  }

  private @Nullable Node<K, V> remove(Node<K, V> node, K key) {
    int compared = order.compare(key, node.key);
    Node<K, V> left = node.left;
    Node<K, V> right = node.right;
    if (compared == 0 && (left == null || right == null)) {
      return left == null ? right : left;
    }
    Node<K, V> own = own(node);
    if (compared == 0 && right != null) {
      Node<K, V> next = first(right);
      own.key = next.key;
      own.value = next.value;
      own.right = removeFirst(right);
    } else if (compared < 0 && left != null) {
      own.left = remove(left, key);
    } else if (right != null) {
      own.right = remove(right, key);
    }
    return balanced(own);
  }

  private @Nullable Node<K, V> removeFirst(Node<K, V> node) {
    Node<K, V> left = node.left;
    if (left == null) {
      return node.right;
    }
    Node<K, V> own = own(node);
    own.left = removeFirst(left);
    return balanced(own);
  }

  private static <K, V> Node<K, V> first(Node<K, V> tree) {
    Node<K, V> node = tree;
    while (node.left != null) {
      node = node.left;
    }
    return node;
  }

  private Node<K, V> own(Node<K, V> node) {
    if (node.generation == generation) {
      return node;
    }
    Node<K, V> own = new Node<>(node.key, node.value, generation);
    own.left = node.left;
    own.right = node.right;
    own.height = node.height;
    return own;
  }

  private Node<K, V> balanced(Node<K, V> own) {
    int lean = height(own.left) - height(own.right);
    if (lean > 1 && own.left != null) {
      Node<K, V> left = own(own.left);
      own.left = height(left.left) < height(left.right) ? leftUp(left) : left;
      return rightDown(own);
    }
    if (lean < -1 && own.right != null) {
      Node<K, V> right = own(own.right);
      own.right = height(right.right) < height(right.left) ? rightDown(right) : right;
      return leftUp(own);
    }
    measure(own);
    return own;
  }

  /** The right child comes up, and the node goes down to its left. */
  private Node<K, V> leftUp(Node<K, V> own) {
    if (own.right == null) {
      throw new AssertionError("nothing to turn");
    }
    Node<K, V> up = own(own.right);
    own.right = up.left;
    measure(own);
    up.left = own;
    measure(up);
    return up;
  }

  /** The left child comes up, and the node goes down to its right. */
  private Node<K, V> rightDown(Node<K, V> own) {
    if (own.left == null) {
      throw new AssertionError("nothing to turn");
    }
    Node<K, V> up = own(own.left);
    own.left = up.right;
    measure(own);
    up.right = own;
    measure(up);
    return up;
  }

  private static <K, V> void measure(Node<K, V> node) {
    node.height = 1 + Math.max(height(node.left), height(node.right));
  }

  private static <K, V> int height(@Nullable Node<K, V> node) {
    return node == null ? 0 : node.height;
  }
}
