package dev.stet.guard;

import java.util.BitSet;

/**
 * The bytes of a class, looked at without taking them apart: which entries of the constant pool are calls of the table, and
 * which methods have such a call.
 */
final class RawClass {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int DYNAMIC_CALL = 18;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  private static final int FIRST_INVOKE = 0xb6;
  private static final int LAST_INVOKE = 0xba;

  private static final int CODE = Prefilter.hash("Code");
  private static final int NEXT = Prefilter.hash("next");
  private static final int NEXT_DESC = Prefilter.hash("(I)I");
  private static final int RANDOM = Prefilter.hash(Table.RANDOM);

  private final byte[] bytes;
  private final Prefilter filter;

  /** Where each entry of the constant pool begins; 0 for none. */
  private final int[] at;

  /** The hashes of texts that were asked for. */
  private final int[] hashes;

  /** Where the constant pool ends. */
  private final int end;

  private boolean drawsItself;

  RawClass(byte[] bytes, Prefilter filter) {
    this.bytes = bytes;
    this.filter = filter;
    int count = unsigned(8);
    at = new int[count];
    hashes = new int[count];
    int offset = 10;
    for (int i = 1; i < count; i++) {
      at[i] = offset;
      int tag = bytes[offset];
      switch (tag) {
        case UTF8 -> offset += 3 + unsigned(offset + 1);
        case LONG, DOUBLE -> {
          offset += 9;
          i++;
        }
        case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> offset += 3;
        case HANDLE -> offset += 4;
        default -> offset += 5;
      }
    }
    end = offset;
  }

  Prefilter.Answer ask() {
    Prefilter.Answer answer = Prefilter.Answer.NO;
    for (int i = 1; i < at.length; i++) {
      if (isMethod(i)) {
        if (Prefilter.isOurs(ownerOf(i))) {
          return Prefilter.Answer.REWRITTEN;
        }
        if (answer == Prefilter.Answer.NO && isSite(i)) {
          answer = Prefilter.Answer.MAYBE;
        }
      }
    }
    return answer;
  }

  /**
   * Finds the methods that may have sites, by their place among the methods: those in whose code the bytes of a call of the
   * table occur. They may be part of something else, and then the method is found to have none later.
   */
  BitSet methodsWithSites() {
    BitSet sites = sites();
    int offset = end + 6;
    offset += 2 + 2 * unsigned(offset);
    offset = fieldsFrom(offset);
    BitSet found = new BitSet();
    int methods = unsigned(offset);
    offset += 2;
    for (int method = 0; method < methods; method++) {
      drawsItself |=
          hashOf(unsigned(offset + 2)) == NEXT && hashOf(unsigned(offset + 4)) == NEXT_DESC;
      int attributes = unsigned(offset + 6);
      offset += 8;
      for (int i = 0; i < attributes; i++) {
        int length = length(offset + 2);
        if (hashOf(unsigned(offset)) == CODE && calls(offset + 14, length(offset + 10), sites)) {
          found.set(method);
        }
        offset += 6 + length;
      }
    }
    return found;
  }

  /**
   * Whether a method {@code int next(int)} was met, and no call of the superclass's: a subclass of Random that has it does not
   * use the superclass's seed.
   */
  boolean drawsItself() {
    return drawsItself && !callsNextOfRandom();
  }

  private boolean callsNextOfRandom() {
    for (int i = 1; i < at.length; i++) {
      if (isMethod(i) && ownerOf(i) == RANDOM) {
        int nameAndType = at[unsigned(at[i] + 3)];
        if (hashOf(unsigned(nameAndType + 1)) == NEXT
            && hashOf(unsigned(nameAndType + 3)) == NEXT_DESC) {
          return true;
        }
      }
    }
    return false;
  }

  private int fieldsFrom(int start) {
    int offset = start + 2;
    for (int field = unsigned(start); field > 0; field--) {
      int attributes = unsigned(offset + 6);
      offset += 8;
      for (int i = 0; i < attributes; i++) {
        offset += 6 + length(offset + 2);
      }
    }
    return offset;
  }

  private boolean calls(int from, int length, BitSet sites) {
    for (int i = from; i + 2 < from + length; i++) {
      int opcode = bytes[i] & 0xff;
      if (opcode >= FIRST_INVOKE && opcode <= LAST_INVOKE && sites.get(unsigned(i + 1))) {
        return true;
      }
    }
    return false;
  }

  /** The entries that are calls of the table; all dynamic calls if a method handle refers to one. */
  private BitSet sites() {
    BitSet sites = new BitSet(at.length);
    boolean referred = false;
    for (int i = 1; i < at.length; i++) {
      if (isMethod(i) && isSite(i)) {
        sites.set(i);
      }
    }
    for (int i = 1; i < at.length; i++) {
      referred |= at[i] > 0 && bytes[at[i]] == HANDLE && sites.get(unsigned(at[i] + 2));
    }
    for (int i = 1; referred && i < at.length; i++) {
      if (at[i] > 0 && bytes[at[i]] == DYNAMIC_CALL) {
        sites.set(i);
      }
    }
    return sites;
  }

  private boolean isMethod(int entry) {
    return at[entry] > 0 && (bytes[at[entry]] == METHOD || bytes[at[entry]] == INTERFACE_METHOD);
  }

  private boolean isSite(int method) {
    int nameAndType = at[unsigned(at[method] + 3)];
    return filter.knows(
        ownerOf(method), hashOf(unsigned(nameAndType + 1)), hashOf(unsigned(nameAndType + 3)));
  }

  private int ownerOf(int method) {
    return hashOf(unsigned(at[unsigned(at[method] + 1)] + 1));
  }

  private int hashOf(int utf8) {
    int known = hashes[utf8];
    if (known == 0) {
      known = Prefilter.hash(bytes, at[utf8] + 3, unsigned(at[utf8] + 1));
      hashes[utf8] = known;
    }
    return known;
  }

  private int unsigned(int offset) {
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }

  private int length(int offset) {
    return (unsigned(offset) << 16) | unsigned(offset + 2);
  }
}
