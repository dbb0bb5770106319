package dev.stet.guard;

import dev.stet.guard.Rule.Action;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells from the constant pool of a class, without parsing the class, whether it may have a call site of the table. It
 * never misses one; it may take a class for one that has some when two hashes are alike.
 */
final class Prefilter {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int STRING = 8;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;
  private static final int HANDLE = 15;

  private static final int ANY_OWNER = 0;
  private static final int OURS = hash(Table.RUNTIME);

  private final long[] slots;

  Prefilter(boolean linked) {
    List<Rule> rules = Table.rules();
    int size = Integer.highestOneBit(rules.size() * 8);
    slots = new long[size];
    for (Rule rule : rules) {
      if (rule.action() == Action.LINKED && !linked) {
        continue;
      }
      int owner = rule.owner().equals(Table.ANY) ? ANY_OWNER : hash(rule.owner());
      long key = key(owner, hash(rule.name()), hash(rule.desc()));
      int at = slot(key);
      while (slots[at] != 0) {
        at = (at + 1) & (size - 1);
      }
      slots[at] = key;
    }
  }

  /** What a look at the constant pool told. */
  enum Answer {
    /** There is nothing to rewrite. */
    NO,
    /** There may be something. */
    MAYBE,
    /** The class calls our runtime: it was rewritten before. */
    REWRITTEN
  }

  Answer ask(byte[] bytes) {
    return new Pool(bytes).ask();
  }

  private boolean contains(long key) {
    int at = slot(key);
    while (slots[at] != 0) {
      if (slots[at] == key) {
        return true;
      }
      at = (at + 1) & (slots.length - 1);
    }
    return false;
  }

  private int slot(long key) {
    return (int) ((key * 0x9e3779b97f4a7c15L) >>> 40) & (slots.length - 1);
  }

  private static long key(int owner, int name, int desc) {
    long key = ((long) owner << 32) ^ ((name * 31L + desc) & 0xffffffffL);
    return key == 0 ? 1 : key;
  }

  private static int hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return hash(bytes, 0, bytes.length);
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash == ANY_OWNER ? 1 : hash;
  }

  /** The constant pool of one class. */
  private final class Pool {
    private final byte[] bytes;
    private final int[] at;
    private final int[] hashes;

    Pool(byte[] bytes) {
      this.bytes = bytes;
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
    }

    Answer ask() {
      Answer answer = Answer.NO;
      for (int i = 1; i < at.length; i++) {
        if (at[i] == 0) {
          continue;
        }
        int tag = bytes[at[i]];
        if (tag == METHOD || tag == INTERFACE_METHOD) {
          int owner = utf8Of(unsigned(at[i] + 1));
          if (owner == OURS) {
            return Answer.REWRITTEN;
          }
          answer =
              answer == Answer.NO && matches(owner, unsigned(at[i] + 3)) ? Answer.MAYBE : answer;
        }
      }
      return answer;
    }

    private boolean matches(int owner, int nameAndType) {
      int offset = at[nameAndType];
      int name = hashOf(unsigned(offset + 1));
      int desc = hashOf(unsigned(offset + 3));
      return contains(key(owner, name, desc)) || contains(key(ANY_OWNER, name, desc));
    }

    private int utf8Of(int classEntry) {
      return hashOf(unsigned(at[classEntry] + 1));
    }

    private int hashOf(int utf8) {
      int known = hashes[utf8];
      if (known == 0) {
        known = hash(bytes, at[utf8] + 3, unsigned(at[utf8] + 1));
        hashes[utf8] = known;
      }
      return known;
    }

    private int unsigned(int offset) {
      return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }
  }
}
