package io.tyer.servers.tyer;

/** A lock server of one member, which keeps what it acknowledged. */
public final class TyerKind extends MembersKind {

  /** For {@link java.util.ServiceLoader}. */
  public TyerKind() {
    super(1);
  }

  @Override
  public String name() {
    return "tyer";
  }
}
