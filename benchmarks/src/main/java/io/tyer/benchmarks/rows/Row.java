package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something that is measured of any subject that can do it. */
public interface Row {

  /** What a row is about; floors are chosen by it. */
  enum Kind {
    PAIRS,
    CONTENDED,
    WAKE_UP,
    RECALL,
    /** How long an acquire takes. */
    ACQUIRE,
    /** Many acquires under way at a time. */
    FLIGHT,
    FAILOVER,
    /** The heap of a member of a group. */
    MEMBER_HEAP,
    HELD,
    GROWTH,
    UPDATES
  }

  /** Its name on the command line and in file names. */
  String name();

  /** What it measures, for people. */
  String title();

  Kind kind();

  /** The numbers it yields; the first is the one that is compared. */
  List<Figure> figures();

  /** What a subject must be able to do. */
  Set<Subject.Ability> needs();

  /** How many clients play: in a process each where the subject spans processes. */
  int players();

  /** Why this machine cannot run it; empty if it can. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /** The address that is measured, where the row changes options. */
  default Address adapted(Address subject) {
    return subject;
  }

  /** Whether it applies to this subject. */
  default boolean suits(Address address, Subject subject) {
    return subject.abilities().containsAll(needs());
  }

  /** The row that is measured of those that stand beside; most often this one. */
  default Row beside() {
    return this;
  }

  /** Plays one player's part; the first player's figures count. */
  Map<String, Double> play(Stage stage) throws Exception;
}
