package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Refusal;
import io.tyer.command.Syntax;

/** The options of {@code tyer doctor}. */
final class DoctorSyntax {

  private DoctorSyntax() {}

  static Syntax syntax() {
    return StoreOptions.added(
            new Syntax(
                    "tyer doctor",
                    "[OPTION...]",
                    "Finds out whether the store can keep the promises here: what it stands on, who may use"
                        + " it, how fast it is, which options are in force and where they come from. Leaves"
                        + " nothing behind and disturbs nobody.")
                .flag("json", "For programs, as described below"))
        .footer(
            "Each line is ok, a warning (the promises are kept, but something costs time or trust) or a"
                + " problem (they cannot be kept like this). Exit code 0 if there is no problem, 1 if there"
                + " is one.",
            "--json prints one object: format (1), store, usable (whether there is no problem) and"
                + " findings; a finding has level (ok, warning or problem), topic (one word), text and"
                + " advice (null if there is none). Members and topics may be added in later versions.");
  }

  static DoctorOptions options(Parsed parsed) {
    if (!parsed.arguments().isEmpty()) {
      throw Refusal.usage(
          "doctor takes no argument, and '"
              + parsed.arguments().get(0)
              + "' is one; name a store with --store");
    }
    return new DoctorOptions(StoreOptions.of(parsed), parsed.has("json"));
  }
}
