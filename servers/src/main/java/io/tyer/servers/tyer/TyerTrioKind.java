package io.tyer.servers.tyer;

/** A lock server of three members, of which any one may be lost. */
public final class TyerTrioKind extends MembersKind {

  /** For {@link java.util.ServiceLoader}. */
  public TyerTrioKind() {
    super(3);
  }

  @Override
  public String name() {
    return "tyer-3";
  }
}
