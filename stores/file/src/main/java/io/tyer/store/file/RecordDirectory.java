package io.tyer.store.file;

import io.tyer.store.record.RecordKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The directory of one record: a file per version, named by the version's number. */
final class RecordDirectory {

  private static final String DIGITS = "0123456789abcdef";
  private static final int NAME_LENGTH = 16;
  private static final int LONGEST_ID = 64;

  private final RecordKey key;
  private final String name;
  private final String path;

  RecordDirectory(File folder, RecordKey key) {
    if (!isId(key.id())) {
      throw new IllegalArgumentException("not the id of a record: " + key.id());
    }
    this.key = key;
    this.name = folder.getName() + "/" + key.id();
    this.path = folder.getPath() + File.separatorChar + key.id();
  }

  static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_ID;
  }

  RecordKey key() {
    return key;
  }

  /** The record's name in its files: kind and id. */
  String name() {
    return name;
  }

  File directory() {
    return new File(path);
  }

  /** The file of a version. */
  File file(long number) {
    return new File(path + File.separatorChar + fileName(number));
  }

  /** Whether there is a file of this version; also false when that cannot be told. */
  boolean seems(long number) {
    return file(number).exists();
  }

  @Nullable Version read(long number) throws IOException {
    return VersionFile.read(file(number), number, name);
  }

  /** Whether there is a file of this version with this nonce. */
  boolean holds(long number, long nonce) throws IOException {
    return nonce != 0 && VersionFile.nonce(file(number), number, name) == nonce;
  }

  /** The numbers of the versions there are, ascending; null if the directory cannot be listed. */
  long @Nullable [] list() {
    String[] names = directory().list();
    if (names == null) {
      return null;
    }
    long[] numbers = new long[names.length];
    int count = 0;
    for (String one : names) {
      long number = number(one);
      if (number > 0) {
        numbers[count++] = number;
      }
    }
    Arrays.sort(numbers, 0, count);
    return Arrays.copyOf(numbers, count);
  }

  /**
   * Whether there certainly is no such directory.
   *
   * @throws IOException if there is one that cannot be listed, or something else
   */
  boolean isAbsent() throws IOException {
    try (DirectoryStream<Path> there = Files.newDirectoryStream(directory().toPath())) {
      Objects.requireNonNull(there);
      return false;
    } catch (NoSuchFileException e) {
      return true;
    } catch (NotDirectoryException e) {
      throw new DamagedFileException(directory(), "it is not a directory", e);
    }
  }

  static String fileName(long number) {
    char[] digits = new char[NAME_LENGTH];
    long rest = number;
    for (int i = NAME_LENGTH - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) rest & 15);
      rest >>>= 4;
    }
    return new String(digits);
  }

  /** The version that a file's name stands for, or 0 if it stands for none. */
  static long number(String fileName) {
    if (fileName.length() != NAME_LENGTH) {
      return 0;
    }
    long number = 0;
    for (int i = 0; i < NAME_LENGTH; i++) {
      int digit = DIGITS.indexOf(fileName.charAt(i));
      if (digit < 0) {
        return 0;
      }
      number = number << 4 | digit;
    }
    return Math.max(0, number);
  }

  @Override
  public String toString() {
    return path;
  }
}
