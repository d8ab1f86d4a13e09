package io.tyer.testkit.ordered;

/** What goes wrong for one client of a server of ordered nodes; asked for each call. */
public interface OrderedFaults {

  /** Nothing goes wrong. */
  OrderedFaults NONE = call -> Fate.ANSWERED;

  /** What becomes of a call. */
  enum Fate {
    /** It is done and answered. */
    ANSWERED,
    /** It does not reach the server, and the client knows. */
    UNREACHABLE,
    /** It does not reach the server, and the client cannot know. */
    LOST,
    /** It is done, but its answer is lost. */
    ANSWER_LOST,
    /**
     * The client is told that nobody knows; it is done only when {@link
     * InMemoryOrderedMedium#deliverLate} is called.
     */
    LATE,
    /** It is done, and the client is never told anything. */
    SILENT
  }

  /** The calls that differ in what may become of them. */
  enum Call {
    /** Opens a session. */
    OPEN,
    /** Proves or ends a session. */
    SESSION,
    /** Appends a node. */
    APPEND,
    /** Replaces or removes a node, or tells a session something. */
    CHANGE,
    /** Reads. */
    READ
  }

  /** What becomes of this call. */
  Fate fate(Call call);

  /** Whether the next watch is never called, though it was answered. */
  default boolean losesWatch() {
    return false;
  }
}
